using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

public sealed partial record DepthwiseConv2D
{
    /// <summary>What computes real numbers, and integers of 16 bits.</summary>
    internal static ImmutableArray<OperatorKernel<Layer<DepthwiseConv2D>>> WiderKernels { get; } =
    [
        .. RealLinear.Depthwise<DepthwiseConv2D>(op => op.Window),
        .. SixteenLinear.Depthwise<DepthwiseConv2D>(op => op.Window),
    ];

    /// <summary>The layer as the kernel table sees it.</summary>
    public LinearLayer Layer(NodeTypes types) => LinearLayers.Of(LinearKind.Depthwise, types, Weights, Bias, Window, Clamp);

    /// <summary>The same without its numbers.</summary>
    internal LinearShape Shape(NodeTypes types) => LinearLayers.ShapeOf(LinearKind.Depthwise, types, Weights, Window);
}
