using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Conv2D
{
    public override KernelCall Lower(NodeTypes types, KernelTarget target) =>
        KernelTable.Lower(LinearLayer.Of(LinearKind.Convolution, types, Weights, Bias, Window, Clamp), target);
}
