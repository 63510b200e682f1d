using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Lookup
{
    /// <summary>The table of the reference, walked by the kernel that requantises by table.</summary>
    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var cycles = ElementCost.OfRow(types.Output.Shape, target);
        return new()
        {
            Function = "mn_requantize_s8s8_portable",
            Sources = ["mn_common.h", "mn_lookup.h", "mn_requantize_s8s8_portable.c"],
            ParameterType = "mn_lookup",
            Parameters =
            [
                new TableParameter("table", ConstantTable.Of<byte>("table", TableType.Int8, Table(types.Input, types.Output, Function, Clamp))),
                new IntegerParameter("channels", types.Output.Shape.Channels),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            CyclesPerStep = cycles,
            CyclesPerJoinedRow = cycles - PortableCost.Call,
        };
    }
}
