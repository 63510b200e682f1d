using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Add
{
    private const int FloatOperations = 6;
    private const int RealOperations = 9;

    /// <summary>Integers where they are proved equal to the float rule for all 65,536 pairs of inputs, else the float rule itself.</summary>
    private const double ElementSteps = 1.35;
    private const double WordCycles = 6.8;

    internal KernelCall Lower(NodeTypes types, KernelTarget target) => Bind(types, target, ByWords(target) ? Fit(types, AddFit.FindByWords) ?? Fit(types) : Fit(types));

    /// <summary>Whether integers give the same bits as the float rule; where they do not, the layer computes in float32.</summary>
    public bool HasIntegerForm(NodeTypes types) => Fit(types) is not null;

    private static bool ByWords(KernelTarget target) => target.Language == KernelLanguage.C && target.Has(KernelFeatures.Dsp);

    private AddFit? Fit(NodeTypes types) => Fit(types, AddFit.Find);

    private AddFit? Fit(NodeTypes types, Search search)
    {
        var (ratioA, ratioB, constant) = Ratios(types);
        var (min, max) = Clamp.Quantized(types.Output);
        return search(ratioA, ratioB, constant, AllPairs(types), min, max);
    }

    private delegate AddFit? Search(double ratioA, double ratioB, double constant, ReadOnlySpan<sbyte> expected, int min, int max);

    internal KernelCall Outline(NodeTypes types, KernelTarget target) => Bind(types, target, new AddFit(0, 0, 0, 0, ByWords(target) ? 1 : 0)).Outline();

    private KernelCall Bind(NodeTypes types, KernelTarget target, AddFit? fit)
    {
        var (min, max) = Clamp.Quantized(types.Output);
        var shape = types.Output.Shape;
        var (function, block, sources) = Kernel(fit);
        var cycles = fit is { Dropped: > 0 }
            ? PortableCost.Call + WordCycles * shape.RowElements
            : ElementCost.OfRow(shape, target, ElementSteps, fit is not null ? 0 : Rounding == AddRounding.WithZeroPoint ? FloatOperations : RealOperations);
        return new()
        {
            Function = function,
            Required = fit is { Dropped: > 0 } ? KernelFeatures.Dsp : KernelFeatures.None,
            Sources = sources,
            ParameterType = block,
            Parameters =
            [
                .. fit is not null ? Integers(fit) : Rounding == AddRounding.WithZeroPoint ? Steps(types) : Reals(types),
                new IntegerParameter("out_min", min),
                new IntegerParameter("out_max", max),
                new IntegerParameter("channels", shape.Channels),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns],
            CyclesPerStep = cycles,
            CyclesPerJoinedRow = cycles - PortableCost.Call,
        };
    }

    private (string Function, string Block, ImmutableArray<string> Sources) Kernel(AddFit? fit) => fit switch
    {
        null when Rounding == AddRounding.BeforeZeroPoint => ("mn_add_s8_portable_real", "mn_add_real", ["mn_common.h", "mn_add_real.h", "mn_add_s8_portable_real.c"]),
        null => ("mn_add_s8_portable_float", "mn_add_float", ["mn_common.h", "mn_add_float.h", "mn_add_s8_portable_float.c"]),
        { Dropped: 0 } => ("mn_add_s8_portable", "mn_add", ["mn_common.h", "mn_add.h", "mn_add_s8_portable.c"]),
        _ => ("mn_add_s8_dsp", "mn_add_dsp", ["mn_common.h", "mn_clamp_s8_dsp.h", "mn_add_dsp.h", "mn_add_s8_dsp.c"]),
    };

    /// <summary>The result for every pair of int8 inputs, by the reference.</summary>
    private sbyte[] AllPairs(NodeTypes types)
    {
        var shape = new TensorShape(256, 256, 1);
        var (a, b) = (new TensorData(types.Inputs[0] with { Shape = shape }), new TensorData(types.Inputs[1] with { Shape = shape }));
        for (var i = 0; i < shape.Elements; i++)
        {
            a.Int8[i] = (sbyte)((i >> 8) - 128);
            b.Int8[i] = (sbyte)((i & 255) - 128);
        }

        var output = new TensorData(types.Output with { Shape = shape });
        Evaluate(new([a.Type, b.Type], output.Type), [a, b], output);
        return output.Int8.ToArray();
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
