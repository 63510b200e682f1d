using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Softmax
{
    private const int PassesOverRow = 8;

    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var table = Exponentials(types.Input.Scale, types.Output.Shape.Channels);
        return new()
        {
            Function = "mn_softmax_s8_portable",
            Sources = ["mn_common.h", "mn_softmax.h", "mn_softmax_s8_portable.c"],
            ParameterType = "mn_softmax",
            Parameters =
            [
                new TableParameter("table", ConstantTable.Of<uint>("table", TableType.UInt32, table)),
                new IntegerParameter("steps", (int)StepsOfOne(types.Output.Scale)),
                new IntegerParameter("channels", types.Output.Shape.Channels),
                new IntegerParameter("out_zero", types.Output.ZeroPoint),
                new IntegerParameter("highest", sbyte.MaxValue),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            CyclesPerStep = ElementCost.OfRow(types.Output.Shape, target, PassesOverRow),
        };
    }
}
