using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record ResizeNearest
{
    private const double CopySteps = 0.13;

    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var source = ColumnSource.Select(x => (ushort)x).ToArray();
        return new()
        {
            Function = "mn_resize_nearest_s8_portable",
            Sources = ["mn_common.h", "mn_resize.h", "mn_resize_nearest_s8_portable.c"],
            ParameterType = "mn_resize",
            Parameters =
            [
                new TableParameter("source", ConstantTable.Of<ushort>("source", TableType.UInt16, source)),
                new IntegerParameter("channels", types.Output.Shape.Channels),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            CyclesPerStep = ElementCost.OfRow(types.Output.Shape, target, CopySteps),
        };
    }
}
