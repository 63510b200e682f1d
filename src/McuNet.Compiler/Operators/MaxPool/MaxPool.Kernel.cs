using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record MaxPool
{
    private const double OutputSteps = 1.6;
    private const double RowSteps = 0.55;
    private const double TapSteps = 0.9;

    internal static ImmutableArray<OperatorKernel<Layer<MaxPool>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_max_pool_s8_portable",
            Sources = ["mn_pool.h", "mn_pool_columns.h", "mn_max_pool_s8_portable.c"],
            ParameterType = "mn_pool",
            Parameters = l => PoolParameters.Of(l.Operator.Window, l.Types, (sbyte.MinValue, sbyte.MaxValue)),
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, Steps(l.Operator.Window)),
        },
        RealKernels.Pool<MaxPool>("mn_max_pool_f32_portable", op => op.Window, _ => Clamp.None, _ => 0),
    ];

    private static double Steps(Window window) => OutputSteps + window.KernelHeight * (RowSteps + TapSteps * window.KernelWidth);
}
