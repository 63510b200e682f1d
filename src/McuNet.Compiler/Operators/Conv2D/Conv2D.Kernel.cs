using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Conv2D
{
    internal KernelCall Lower(NodeTypes types, KernelTarget target) => KernelTable.Lower(Layer(types), target);

    internal KernelCall Outline(NodeTypes types, KernelTarget target) => KernelTable.Outline(LinearLayers.ShapeOf(LinearKind.Convolution, types, Window), target);

    /// <summary>The layer as the kernel table sees it.</summary>
    internal LinearLayer Layer(NodeTypes types) => LinearLayers.Of(LinearKind.Convolution, types, Weights, Bias, Window, Clamp);
}
