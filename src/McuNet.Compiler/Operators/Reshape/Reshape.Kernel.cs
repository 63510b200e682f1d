using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Reshape
{
    internal KernelCall Lower(NodeTypes types, KernelTarget target)
    {
        var element = types.Input.Element switch
        {
            ElementType.Int8 => "s8",
            ElementType.UInt8 => "u8",
            _ => "f32",
        };
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
