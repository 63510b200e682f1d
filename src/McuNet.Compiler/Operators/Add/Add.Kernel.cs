using System;
using System.Collections.Immutable;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Add
{
    private const int FloatOperations = 6;
    private const int RealOperations = 9;

    /// <summary>The same of int16, measured on a Cortex-M4F.</summary>
    private const int WideRealOperations = 14;
    private const double ElementSteps = 1.35;
    private const double WordCycles = 6.8;

    /// <summary>Integers where they are proved equal to the float rule for all 65,536 pairs of inputs, else the float rule
    /// itself.</summary>
    internal static ImmutableArray<OperatorKernel<AddLayer>> Kernels { get; } =
    [
        Row("mn_add_s8_dsp", "mn_add_dsp", l => Integers(l.ByWords!)) with
        {
            Sources = ["mn_clamp_s8_dsp.h", "mn_add_dsp.h", "mn_add_s8_dsp.c"],
            Required = DeviceFeatures.Dsp,
            IsSearched = true,
            Holds = l => l.ByWords is not null,
            Cycles = (l, _) => PortableCost.Call + WordCycles * l.Output.Shape.RowElements,
            JoinedCycles = (l, _) => WordCycles * l.Output.Shape.RowElements,
        },
        Row("mn_add_s8_portable", "mn_add", l => Integers(l.Whole!)) with
        {
            IsSearched = true,
            Holds = l => l.Whole is not null,
        },
        Row("mn_add_s8_portable_float", "mn_add_float", l => Steps(l.Types), FloatOperations) with
        {
            Applies = l => l.Operator.Rounding == AddRounding.WithZeroPoint,
        },
        Row("mn_add_s8_portable_real", "mn_add_real", l => Reals(l.Types), RealOperations) with
        {
            Applies = l => l.Operator.Rounding == AddRounding.BeforeZeroPoint,
        },
        Row("mn_add_s16_portable_real", "mn_add_real", l => Reals(l.Types), WideRealOperations) with
        {
            Applies = l => l.Operator.Rounding == AddRounding.BeforeZeroPoint,
        },
        RealKernels.Elements<AddLayer, Add>("mn_add_f32_portable"),
    ];

    /// <summary>Whether integers give the same bits as the float rule; where they do not, the layer computes in float32.</summary>
    public bool HasIntegerForm(NodeTypes types) => new AddLayer(this, types).Whole is not null;

    private static OperatorKernel<AddLayer> Row(
        string function,
        string block,
        Func<AddLayer, ImmutableArray<KernelParameter>> parameters,
        int floats = 0
    ) =>
        new()
        {
            Function = function,
            Sources = [$"{block}.h", $"{function}.c"],
            ParameterType = block,
            Parameters = l => [.. parameters(l), .. Range(l)],
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, ElementSteps, floats),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, ElementSteps, floats),
        };

    private static ImmutableArray<KernelParameter> Range(AddLayer layer)
    {
        var (min, max) = layer.Operator.Clamp.Quantized(layer.Output);
        return
        [
            new IntegerParameter("out_min", min),
            new IntegerParameter("out_max", max),
            new IntegerParameter("channels", layer.Output.Shape.Channels),
        ];
    }

    private static ImmutableArray<KernelParameter> Steps(NodeTypes types)
    {
        var (ratioA, ratioB, constant) = Ratios(types);
        return [new RealParameter("ratio_a", ratioA), new RealParameter("ratio_b", ratioB), new RealParameter("constant", constant)];
    }

    private static ImmutableArray<KernelParameter> Reals(NodeTypes types) =>
        [
            new RealParameter("scale_a", types.Inputs[0].Scale),
            new RealParameter("scale_b", types.Inputs[1].Scale),
            new RealParameter("scale", types.Output.Scale),
            new IntegerParameter("zero_a", types.Inputs[0].ZeroPoint),
            new IntegerParameter("zero_b", types.Inputs[1].ZeroPoint),
            new IntegerParameter("zero", types.Output.ZeroPoint),
        ];

    private static ImmutableArray<KernelParameter> Integers(AddFit fit) =>
        [
            new IntegerParameter("multiplier_a", fit.MultiplierA),
            new IntegerParameter("multiplier_b", fit.MultiplierB),
            new IntegerParameter("offset", fit.Offset),
            .. fit.Dropped == 0 ? [new IntegerParameter("shift", fit.Shift)] : ImmutableArray<KernelParameter>.Empty,
        ];
}

/// <summary>A sum with the integers that compute it, each found when it is first asked for.</summary>
internal sealed record AddLayer : Layer<Add>
{
    private readonly Lazy<AddFit?> _whole;
    private readonly Lazy<AddFit?> _byWords;

    public AddLayer(Add op, NodeTypes types)
        : base(op, types)
    {
        _whole = new(() => Fit(AddFit.Find));
        _byWords = new(() => Fit(AddFit.FindByWords));
    }

    private delegate AddFit? Search(double ratioA, double ratioB, double constant, ReadOnlySpan<sbyte> expected, int min, int max);

    /// <summary>Null where no integers give the same bits as the float rule.</summary>
    public AddFit? Whole => _whole.Value;

    /// <summary>The same for the kernel that adds halves of words.</summary>
    public AddFit? ByWords => _byWords.Value;

    private AddFit? Fit(Search search)
    {
        var (ratioA, ratioB, constant) = Add.Ratios(Types);
        var (min, max) = Operator.Clamp.Quantized(Output);
        return search(ratioA, ratioB, constant, AllPairs(), min, max);
    }

    /// <summary>The result for every pair of int8 inputs, by the reference.</summary>
    private sbyte[] AllPairs()
    {
        var shape = new TensorShape(256, 256, 1);
        var (a, b) = (new TensorData(Types.Inputs[0] with { Shape = shape }), new TensorData(Types.Inputs[1] with { Shape = shape }));
        for (var i = 0; i < shape.Elements; i++)
        {
            a.Int8[i] = (sbyte)((i >> 8) - 128);
            b.Int8[i] = (sbyte)((i & 255) - 128);
        }

        var output = new TensorData(Output with { Shape = shape });
        Operator.Evaluate(new([a.Type, b.Type], output.Type), [a, b], output);
        return output.Int8.ToArray();
    }
}
