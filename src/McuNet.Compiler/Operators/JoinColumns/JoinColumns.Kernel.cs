using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record JoinColumns
{
    internal static ImmutableArray<OperatorKernel<Layer<JoinColumns>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_join_columns_s8_portable",
            Sources = ["mn_join_columns.h", "mn_join_columns_s8_portable.c"],
            ParameterType = "mn_join_columns",
            Parameters = l =>
            [
                new TableParameter("bytes", ConstantTable.Of<uint>("bytes", TableType.UInt32, l.Types.Inputs.Select(t => (uint)t.RowBytes).ToArray())),
                new IntegerParameter("inputs", l.Types.Inputs.Length),
            ],
            Arguments = [KernelArgument.Rows, KernelArgument.Output],
            Cycles = (l, t) => ElementCost.OfCopy(l.Output, t),
        },
    ];
}
