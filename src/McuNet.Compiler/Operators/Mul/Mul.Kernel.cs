using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Mul
{
    private const int FloatOperations = 3;

    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var function = PerChannel(types) ? "mn_mul_s8_portable_channels" : "mn_mul_s8_portable";
        var (min, max) = Clamp.Quantized(types.Output);
        var cycles = ElementCost.OfRow(types.Output.Shape, target, 1, FloatOperations);
        return new()
        {
            Function = function,
            Sources = ["mn_common.h", "mn_mul.h", $"{function}.c"],
            ParameterType = "mn_mul",
            Parameters =
            [
                new RealParameter("scale", Scale(types)),
                new IntegerParameter("zero_a", types.Inputs[0].ZeroPoint),
                new IntegerParameter("zero_b", types.Inputs[1].ZeroPoint),
                new IntegerParameter("zero", types.Output.ZeroPoint),
                new IntegerParameter("out_min", min),
                new IntegerParameter("out_max", max),
                new IntegerParameter("channels", types.Output.Shape.Channels),
            ],
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns],
            CyclesPerStep = cycles,
            CyclesPerJoinedRow = cycles - PortableCost.Call,
        };
    }
}
