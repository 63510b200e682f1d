using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record DepthwiseConv2D
{
    public override KernelCall Lower(NodeTypes types, KernelTarget target) =>
        KernelTable.Lower(LinearLayer.Of(LinearKind.Depthwise, types, Weights, Bias, Window, Clamp), target);
}
