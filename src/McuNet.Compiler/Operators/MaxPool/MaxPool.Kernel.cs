using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record MaxPool
{
    private const double OutputSteps = 1.6;
    private const double RowSteps = 0.55;
    private const double TapSteps = 0.9;

    internal KernelCall Lower(NodeTypes types, KernelTarget target) => new()
    {
        Function = "mn_max_pool_s8_portable",
        Sources = ["mn_common.h", "mn_pool.h", "mn_pool_columns.h", "mn_max_pool_s8_portable.c"],
        ParameterType = "mn_pool",
        Parameters = PoolParameters.Of(Window, types, (sbyte.MinValue, sbyte.MaxValue)),
        Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
        CyclesPerStep = ElementCost.OfRow(types.Output.Shape, target, OutputSteps + Window.KernelHeight * (RowSteps + TapSteps * Window.KernelWidth)),
    };
}
