using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Reads the attributes that convolutions and poolings share.</summary>
internal static class Windows
{
    /// <summary>Axes of the operand of a window operator: an image, or a signal whose samples are rows. Operators of ONNX Runtime may have
    /// the channels last.</summary>
    public static string Axes(NodeImport node, ImportedValue input) =>
        input.Dims.Length is 3 or 4
            ? node.Kind == "NhwcMaxPool" || node.Int("channels_last", 0) != 0
                ? AxisOrder.ChannelsLast(input.Dims.Length)
                : AxisOrder.ChannelsFirst(input.Dims.Length)
            : throw node.BadDims(input, $"{node.Kind} takes images [1, C, H, W] and signals [1, C, T].");

    /// <param name="kernel">Kernel size in ONNX order.</param>
    /// <param name="input">The operand's shape without padding.</param>
    public static Window Of(NodeImport node, ImmutableArray<int> kernel, TensorShape input)
    {
        var strides = List(node, "strides", kernel.Length, 1);
        var dilations = List(node, "dilations", kernel.Length, 1);
        var pads = List(node, "pads", 2 * kernel.Length, 0);
        foreach (var (attribute, values) in new[] { ("kernel_shape", kernel), ("strides", strides), ("dilations", dilations) })
        {
            if (values.Any(v => v is < 1 or > Limits.Window))
                throw node.Unsupported(attribute, string.Join(", ", values), $"All must lie between 1 and {Limits.Window}.");
        }

        var isSignal = kernel.Length == 1;
        var window = new Window
        {
            KernelHeight = kernel[0],
            KernelWidth = isSignal ? 1 : kernel[1],
            StrideHeight = strides[0],
            StrideWidth = isSignal ? 1 : strides[1],
            DilationHeight = dilations[0],
            DilationWidth = isSignal ? 1 : dilations[1],
            PadTop = pads[0],
            PadLeft = isSignal ? 0 : pads[1],
            PadBottom = isSignal ? pads[1] : pads[2],
            PadRight = isSignal ? 0 : pads[3],
        };
        var mode = node.Text("auto_pad", "NOTSET");
        if (mode is not ("NOTSET" or "") && pads.Any(p => p != 0))
            throw node.Unsupported("auto_pad", mode, "It has pads too; give one of the two.");
        return mode switch
        {
            "NOTSET" or "" => window,
            "VALID" => window with { PadTop = 0, PadLeft = 0, PadBottom = 0, PadRight = 0 },
            "SAME_UPPER" => Same(window, input, 0),
            "SAME_LOWER" => Same(window, input, 1),
            var other => throw node.Unsupported("auto_pad", other, "Give explicit pads."),
        };
    }

    public static Window Extended(Window window, ZeroPadding padding) =>
        window with
        {
            PadTop = window.PadTop + padding.Top,
            PadLeft = window.PadLeft + padding.Left,
            PadBottom = window.PadBottom + padding.Bottom,
            PadRight = window.PadRight + padding.Right,
        };

    /// <summary>Padding at the ends so that the last, incomplete windows count too, as long as they begin inside the padded
    /// input.</summary>
    public static Window RoundedUp(Window window, TensorShape input) =>
        window with
        {
            PadBottom = window.PadBottom + Missing(input.Height, window.PadTop, window.PadBottom, window.SpanHeight, window.StrideHeight),
            PadRight = window.PadRight + Missing(input.Width, window.PadLeft, window.PadRight, window.SpanWidth, window.StrideWidth),
        };

    private static int Missing(int size, int before, int after, int span, int stride)
    {
        var rest = (size + before + after - span) % stride;
        var nextStart = (size + before + after - span - rest) + stride;
        return rest == 0 || nextStart >= size + before ? 0 : stride - rest;
    }

    private static Window Same(Window window, TensorShape input, int lower)
    {
        var rows = SamePadding(input.Height, window.SpanHeight, window.StrideHeight);
        var columns = SamePadding(input.Width, window.SpanWidth, window.StrideWidth);
        var (top, left) = ((rows + lower) / 2, (columns + lower) / 2);
        return window with { PadTop = top, PadLeft = left, PadBottom = rows - top, PadRight = columns - left };
    }

    private static int SamePadding(int size, int span, int stride) =>
        Math.Max(0, ((size + stride - 1) / stride - 1) * stride + span - size);

    private static ImmutableArray<int> List(NodeImport node, string attribute, int length, int otherwise)
    {
        var values = node.Ints(attribute);
        if (values is not { Length: > 0 } given)
            return [.. Enumerable.Repeat(otherwise, length)];
        foreach (var value in given)
        {
            if (given.Length != length || value is < 0 or > Limits.Window)
                throw node.Unsupported(attribute, string.Join(", ", given), $"{length} values between 0 and {Limits.Window} are needed.");
        }

        return given;
    }
}
