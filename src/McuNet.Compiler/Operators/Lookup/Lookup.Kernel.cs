using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Lookup
{
    /// <summary>The table of the reference, walked by the kernel that requantises by table.</summary>
    internal static ImmutableArray<OperatorKernel<Layer<Lookup>>> Kernels { get; } =
    [
        new()
        {
            Function = "mn_requantize_s8s8_portable",
            Sources = ["mn_lookup.h", "mn_requantize_s8s8_portable.c"],
            ParameterType = "mn_lookup",
            Parameters = l =>
            [
                new TableParameter("table", ConstantTable.Of<byte>("table", TableType.Int8, Table(l.Input, l.Output, l.Operator.Function, l.Operator.Clamp))),
                new IntegerParameter("channels", l.Output.Shape.Channels),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t),
        },
    ];
}
