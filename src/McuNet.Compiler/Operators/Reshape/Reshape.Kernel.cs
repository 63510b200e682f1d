using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Reshape
{
    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var element = KernelTypes.NameOf(types.Input);
        return new()
        {
            Function = $"mn_reshape_{element}_portable",
            Sources = ["mn_common.h", "mn_copy.h", $"mn_reshape_{element}_portable.c"],
            ParameterType = "mn_copy",
            Parameters = [new IntegerParameter("count", types.Input.Shape.Elements)],
            Arguments = [KernelArgument.Whole0, KernelArgument.Output],
            CyclesPerStep = PortableCost.Call + types.Input.Bytes * PortableCost.Of(target).Gather,
        };
    }
}
