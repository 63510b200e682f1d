using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Redelivery
{
    internal KernelCall Lower(NodeTypes types, KernelTarget target) => KernelCall.Delivery;
}
