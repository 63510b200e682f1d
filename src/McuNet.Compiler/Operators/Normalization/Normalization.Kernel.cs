using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Normalization
{
    private const double ElementSteps = 3;
    private const int ElementFloats = 7;

    /// <summary>Mean and deviation of a group.</summary>
    private const int GroupFloats = 24;

    internal static ImmutableArray<OperatorKernel<Layer<Normalization>>> Kernels { get; } =
    [
        Row("mn_normalize_s8_portable", [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns]) with
        {
            Applies = l => !l.Operator.OverPixels,
            Cycles = (l, t) => Work(l.Output.Shape, t, l.Output.Shape.Width) + PortableCost.Call,
            JoinedCycles = (l, t) => Work(l.Output.Shape, t, l.Output.Shape.Width),
        },
        Row("mn_normalize_s8_portable_pixels", [KernelArgument.Row0, KernelArgument.Output]) with
        {
            Applies = l => l.Operator.OverPixels,
            Cycles = (l, t) =>
                Work(l.Output.Shape with { Width = l.Output.Shape.Width * l.Output.Shape.Height }, t, l.Operator.Groups)
                + PortableCost.Call,
        },
        Real("mn_normalize_f32_portable", [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns]) with
        {
            Applies = l => !l.Operator.OverPixels,
            Cycles = (l, t) => RealWork(l.Output.Shape, t) + PortableCost.Call,
            JoinedCycles = (l, t) => RealWork(l.Output.Shape, t),
        },
        Real("mn_normalize_f32_portable_pixels", [KernelArgument.Row0, KernelArgument.Output]) with
        {
            Applies = l => l.Operator.OverPixels,
            Cycles = (l, t) => l.Output.Shape.Height * RealWork(l.Output.Shape, t) + PortableCost.Call,
        },
    ];

    private static double RealWork(TensorShape row, KernelTarget target) =>
        ElementCost.OfJoinedRow(row, target, ElementSteps, 2 * ElementFloats);

    private static OperatorKernel<Layer<Normalization>> Real(string function, ImmutableArray<KernelArgument> arguments) =>
        Row(function, arguments) with
        {
            Sources = [.. RealFunctions.HeadersOf("mn_math_sqrt"), "mn_real_limit.h", "mn_normalize_f32.h", $"{function}.c"],
            ParameterType = "mn_normalize_f32",
            Parameters = l =>
                [
                    new TableParameter("gain", new("gain", TableType.Float32, l.Operator.Gain.Data)),
                    new TableParameter("offset", new("offset", TableType.Float32, l.Operator.Offset.Data)),
                    .. RealKernels.Limits(l.Operator.Clamp),
                    new RealParameter("epsilon", l.Operator.Epsilon),
                    new IntegerParameter("pixels", l.Operator.OverPixels ? l.Input.Shape.Height * l.Input.Shape.Width : 1),
                    new IntegerParameter("channels", l.Input.Shape.Channels / l.Operator.Groups),
                    new IntegerParameter("groups", l.Operator.Groups),
                    new IntegerParameter("gain_pixel", l.Operator.Gain.Count > l.Input.Shape.Channels ? l.Input.Shape.Channels : 0),
                ],
        };

    private static double Work(TensorShape row, KernelTarget target, int groups) =>
        ElementCost.OfJoinedRow(row, target, ElementSteps, ElementFloats) + groups * GroupFloats * PortableCost.Of(target).FloatOperation;

    private static OperatorKernel<Layer<Normalization>> Row(string function, ImmutableArray<KernelArgument> arguments) =>
        new()
        {
            Function = function,
            Sources = ["mn_normalize.h", $"{function}.c"],
            ParameterType = "mn_normalize",
            Parameters = Parameters,
            Arguments = arguments,
            Cycles = (_, _) => 0,
        };

    private static ImmutableArray<KernelParameter> Parameters(Layer<Normalization> layer)
    {
        var (op, shape) = (layer.Operator, layer.Input.Shape);
        var (min, max) = op.Clamp.Quantized(layer.Output);
        return
        [
            new TableParameter("gain", ConstantTable.Of<float>("gain", TableType.Float32, Steps(op.Gain, layer.Types))),
            new TableParameter("offset", ConstantTable.Of<float>("offset", TableType.Float32, Steps(op.Offset, layer.Types))),
            new RealParameter("square", op.Square(layer.Types)),
            new RealParameter("unit", op.Unit(layer.Types)),
            new RealParameter("epsilon", op.Epsilon),
            new IntegerParameter("pixels", op.OverPixels ? shape.Height * shape.Width : 1),
            new IntegerParameter("channels", shape.Channels / op.Groups),
            new IntegerParameter("groups", op.Groups),
            new IntegerParameter("gain_pixel", op.Gain.Count > shape.Channels ? shape.Channels : 0),
            new IntegerParameter("in_zero", layer.Input.ZeroPoint),
            new IntegerParameter("out_zero", layer.Output.ZeroPoint),
            new IntegerParameter("out_min", min),
            new IntegerParameter("out_max", max),
        ];
    }
}
