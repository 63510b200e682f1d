using System;
using System.Collections.Immutable;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.TfLite.Translations;

/// <summary>Windows over images as ONNX states them.</summary>
internal static class Padding
{
    /// <summary>Attributes of a window.</summary>
    /// <param name="height">Of the input, as <paramref name="width"/>.</param>
    /// <param name="kernel">Its height and width.</param>
    /// <param name="dilations">Of height and width; null for an operator without.</param>
    public static ImmutableArray<OnnxAttribute> Window(
        NodeStatement node,
        int height,
        int width,
        ImmutableArray<long> kernel,
        ImmutableArray<long>? dilations
    )
    {
        ImmutableArray<long> strides = [node.Positive("stride_h"), node.Positive("stride_w")];
        var (top, bottom) = Around(node, height, kernel[0], strides[0], dilations?[0] ?? 1);
        var (left, right) = Around(node, width, kernel[1], strides[1], dilations?[1] ?? 1);
        ImmutableArray<OnnxAttribute> window =
        [
            OnnxAttribute.Of("kernel_shape", kernel),
            OnnxAttribute.Of("pads", [top, left, bottom, right]),
            OnnxAttribute.Of("strides", strides),
        ];
        return dilations is { } given ? window.Add(OnnxAttribute.Of("dilations", given)) : window;
    }

    /// <summary>SAME pads so that there is a result for every stride, the odd element at the end; VALID pads nothing.</summary>
    public static (long Before, long After) Around(NodeStatement node, long size, long kernel, long stride, long dilation)
    {
        if (!IsSame(node))
            return (0, 0);
        var results = (size + stride - 1) / stride;
        var total = Math.Max((results - 1) * stride + (kernel - 1) * dilation + 1 - size, 0);
        return (total / 2, total - total / 2);
    }

    public static bool IsSame(NodeStatement node) =>
        node.Option("padding") switch
        {
            0 => true,
            1 => false,
            var other => throw node.Unsupported("padding", other, "SAME and VALID are supported."),
        };
}
