using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Mul
{
    private const int FloatOperations = 3;
    private const double ElementSteps = 2;

    internal static ImmutableArray<OperatorKernel<Layer<Mul>>> Kernels { get; } =
    [
        Row("mn_mul_s8_portable") with
        {
            Applies = l => !PerChannel(l.Types),
        },
        Row("mn_mul_s8_portable_channels") with
        {
            Applies = l => PerChannel(l.Types),
        },
        Row("mn_mul_s16_portable") with
        {
            Applies = l => !PerChannel(l.Types),
        },
        Row("mn_mul_s16_portable_channels") with
        {
            Applies = l => PerChannel(l.Types),
        },
        RealKernels.Elements<Layer<Mul>, Mul>("mn_mul_f32_portable") with
        {
            Applies = l => !PerChannel(l.Types),
        },
        RealKernels.Elements<Layer<Mul>, Mul>("mn_mul_f32_portable_channels") with
        {
            Applies = l => PerChannel(l.Types),
        },
    ];

    private static OperatorKernel<Layer<Mul>> Row(string function) =>
        new()
        {
            Function = function,
            Sources = ["mn_mul.h", $"{function}.c"],
            ParameterType = "mn_mul",
            Parameters = Parameters,
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, ElementSteps, FloatOperations),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, ElementSteps, FloatOperations),
        };

    private static ImmutableArray<KernelParameter> Parameters(Layer<Mul> layer)
    {
        var (min, max) = layer.Operator.Clamp.Quantized(layer.Output);
        return
        [
            new RealParameter("scale", Scale(layer.Types)),
            new IntegerParameter("zero_a", layer.Types.Inputs[0].ZeroPoint),
            new IntegerParameter("zero_b", layer.Types.Inputs[1].ZeroPoint),
            new IntegerParameter("zero", layer.Output.ZeroPoint),
            new IntegerParameter("out_min", min),
            new IntegerParameter("out_max", max),
            new IntegerParameter("channels", layer.Output.Shape.Channels),
        ];
    }
}
