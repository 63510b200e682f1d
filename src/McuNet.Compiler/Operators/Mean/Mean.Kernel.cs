using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Mean
{
    /// <summary>An addition without requantisation, four at a time.</summary>
    private const double ElementSteps = 0.45;

    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var (from, to) = (types.Input.Shape, types.Output.Shape);
        var count = from.Elements / to.Elements;
        var range = Clamp.Quantized(types.Output);
        var function = OverHeight ? "mn_mean_s8_portable_rows" : "mn_mean_s8_portable_columns";
        var outputs = to.RowElements * PortableCost.Of(target).Output / (OverHeight ? from.Height : 1);
        return new()
        {
            Function = function,
            Sources = ["mn_common.h", "mn_mean.h", $"{function}.c"],
            ParameterType = "mn_mean",
            Parameters =
            [
                new RealParameter("scale", Arithmetic.MeanScale(types.Input.Scale, types.Output.Scale, count)),
                new IntegerParameter("bias", -types.Input.ZeroPoint * count),
                new IntegerParameter("channels", to.RowElements),
                new IntegerParameter("columns", from.Width / to.Width),
                new IntegerParameter("steps", OverHeight ? from.Height : 1),
                new IntegerParameter("out_zero", types.Output.ZeroPoint),
                new IntegerParameter("out_min", range.Min),
                new IntegerParameter("out_max", range.Max),
            ],
            Arguments = OverHeight
                ? [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Step, KernelArgument.State]
                : [KernelArgument.Row0, KernelArgument.Output],
            StateBytes = OverHeight ? to.RowElements * sizeof(int) : 0,
            CyclesPerStep = ElementCost.OfRow(from, target, ElementSteps) + outputs,
        };
    }
}
