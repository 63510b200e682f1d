using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Dense
{
    private static readonly Window SinglePixel = new() { KernelHeight = 1, KernelWidth = 1 };

    /// <summary>What computes real numbers, and integers of 16 bits.</summary>
    internal static ImmutableArray<OperatorKernel<Layer<Dense>>> WiderKernels { get; } =
    [.. RealLinear.Dense<Dense>(SinglePixel), .. SixteenLinear.Dense<Dense>(SinglePixel)];

    /// <summary>The layer as the kernel table sees it.</summary>
    public LinearLayer Layer(NodeTypes types) => LinearLayers.Of(LinearKind.Dense, types, Weights, Bias, SinglePixel, Clamp);

    /// <summary>The same without its numbers.</summary>
    internal LinearShape Shape(NodeTypes types) => LinearLayers.ShapeOf(LinearKind.Dense, types, Weights, SinglePixel);
}
