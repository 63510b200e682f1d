using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Dense
{
    private static readonly Window SinglePixel = new() { KernelHeight = 1, KernelWidth = 1 };

    internal KernelCall Lower(NodeTypes types, KernelTarget target) => KernelTable.Lower(Layer(types), target);

    internal KernelCall Outline(NodeTypes types, KernelTarget target) => KernelTable.Outline(LinearLayers.ShapeOf(LinearKind.Dense, types, SinglePixel), target);

    /// <summary>The layer as the kernel table sees it.</summary>
    internal LinearLayer Layer(NodeTypes types) => LinearLayers.Of(LinearKind.Dense, types, Weights, Bias, SinglePixel, Clamp);
}
