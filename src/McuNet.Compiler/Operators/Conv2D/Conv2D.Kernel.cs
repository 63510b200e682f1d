using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record Conv2D
{
    /// <summary>What computes real numbers, and integers of 16 bits.</summary>
    internal static ImmutableArray<OperatorKernel<Layer<Conv2D>>> WiderKernels { get; } =
    [
        .. RealLinear.Convolution<Conv2D>(op => op.Window, op => op.Groups),
        .. SixteenLinear.Convolution<Conv2D>(op => op.Window, op => op.Groups),
    ];

    /// <summary>The layer as the kernel table sees it.</summary>
    public LinearLayer Layer(NodeTypes types) => LinearLayers.Of(LinearKind, types, Weights, Bias, Window, Clamp, Groups);

    /// <summary>The same without its numbers.</summary>
    internal LinearShape Shape(NodeTypes types) => LinearLayers.ShapeOf(LinearKind, types, Weights, Window, Groups);

    private LinearKind LinearKind => Groups == 1 ? LinearKind.Convolution : LinearKind.Grouped;
}
