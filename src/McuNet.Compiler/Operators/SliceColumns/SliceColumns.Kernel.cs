using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record SliceColumns
{
    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var pixel = types.Input.RowBytes / types.Input.Shape.Width;
        return new()
        {
            Function = "mn_slice_columns_portable",
            Sources = ["mn_common.h", "mn_slice_columns.h", "mn_slice_columns_portable.c"],
            ParameterType = "mn_slice_columns",
            Parameters = [new IntegerParameter("first", Columns.Begin), new IntegerParameter("pixel", pixel)],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            CyclesPerStep = ElementCost.OfCopy(types.Output, target),
        };
    }
}
