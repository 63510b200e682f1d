using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record LogSoftmax
{
    private const int PassesOverRow = 3;
    private const int FloatOperations = 4;
    private const double LogarithmCycles = 400;

    internal KernelCall Lower(NodeTypes types, KernelTarget target) => new()
    {
        Function = "mn_log_softmax_s8f32_portable",
        Sources = ["mn_common.h", "mn_log_softmax.h", "mn_log_softmax_s8f32_portable.c"],
        ParameterType = "mn_log_softmax",
        Parameters =
        [
            new TableParameter("table", ConstantTable.Of<float>("table", TableType.Float32, Exponentials(types.Input.Scale))),
            new RealParameter("in_scale", types.Input.Scale),
            new IntegerParameter("channels", types.Output.Shape.Channels),
        ],
        Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
        CyclesPerStep = ElementCost.OfRow(types.Output.Shape, target, PassesOverRow, FloatOperations) + types.Output.Shape.Width * LogarithmCycles,
    };
}
