using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record MatMul
{
    /// <summary>A product, in multiply-accumulates of a dense layer: operands lie any number of elements apart.</summary>
    private const double ProductMacs = 1.95;

    internal static ImmutableArray<OperatorKernel<Layer<MatMul>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_matmul_s8_portable",
            Sources = ["mn_matmul.h", "mn_matmul_s8_portable.c"],
            ParameterType = "mn_matmul",
            Parameters = Parameters,
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step],
            Cycles = (l, t) => PortableCost.Call + Work(l.Operator, PortableCost.Of(t)),
        },
        new()
        {
            Function = "mn_matmul_f32_portable",
            Sources = ["mn_matmul_f32.h", "mn_real_limit.h", "mn_matmul_f32_portable.c"],
            ParameterType = "mn_matmul_f32",
            Parameters = Reals,
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Step],
            Cycles = (l, t) =>
                PortableCost.Call + l.Output.Shape.RowElements * (RealCost.Output(t) + l.Operator.Inner * RealCost.SingleMac(t)),
        },
    ];

    private static double Work(MatMul op, PortableCost cost) =>
        op.Shape.RowElements * (cost.Output + op.Inner * ProductMacs * cost.SingleMac) + op.Shape.Width * op.Inner * cost.SingleMac;

    private static ImmutableArray<KernelParameter> Reals(Layer<MatMul> layer)
    {
        var op = layer.Operator;
        return
        [
            .. RealKernels.Limits(op.Clamp),
            .. Steps("a", op.First, op.Follows(op.First, layer.Types.Inputs[0].Shape)),
            .. Steps("b", op.Second, op.Follows(op.Second, layer.Types.Inputs[1].Shape)),
            new IntegerParameter("inner", op.Inner),
            new IntegerParameter("channels", op.Shape.Channels),
        ];
    }

    private static ImmutableArray<KernelParameter> Parameters(Layer<MatMul> layer)
    {
        var (op, range) = (layer.Operator, layer.Operator.Clamp.Quantized(layer.Output));
        var (first, second) = (layer.Types.Inputs[0], layer.Types.Inputs[1]);
        return
        [
            new RealParameter("scale", Scale(layer.Types)),
            .. Steps("a", op.First, op.Follows(op.First, first.Shape)),
            .. Steps("b", op.Second, op.Follows(op.Second, second.Shape)),
            new IntegerParameter("inner", op.Inner),
            new IntegerParameter("channels", op.Shape.Channels),
            new IntegerParameter("zero_a", first.ZeroPoint),
            new IntegerParameter("zero_b", second.ZeroPoint),
            new IntegerParameter("out_zero", layer.Output.ZeroPoint),
            new IntegerParameter("out_min", range.Min),
            new IntegerParameter("out_max", range.Max),
        ];
    }

    /// <param name="follows">Whether the kernel is handed the row, so that it need not look for it.</param>
    private static ImmutableArray<KernelParameter> Steps(string operand, MatrixSteps steps, bool follows) =>
        [
            new IntegerParameter($"row_{operand}", follows ? 0 : steps.Row),
            new IntegerParameter($"column_{operand}", steps.Column),
            new IntegerParameter($"channel_{operand}", steps.Channel),
            new IntegerParameter($"inner_{operand}", steps.Inner),
        ];
}
