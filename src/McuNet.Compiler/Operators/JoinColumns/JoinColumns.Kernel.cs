using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record JoinColumns
{
    internal KernelCall Lower(NodeTypes types, KernelTarget target) => new()
    {
        Function = "mn_join_columns_s8_portable",
        Sources = ["mn_common.h", "mn_join_columns.h", "mn_join_columns_s8_portable.c"],
        ParameterType = "mn_join_columns",
        Parameters =
        [
            new TableParameter("bytes", ConstantTable.Of<uint>("bytes", TableType.UInt32, types.Inputs.Select(t => (uint)t.RowBytes).ToArray())),
            new IntegerParameter("inputs", types.Inputs.Length),
        ],
        Arguments = [KernelArgument.Rows, KernelArgument.Output],
        CyclesPerStep = ElementCost.OfCopy(types.Output, target),
    };
}
