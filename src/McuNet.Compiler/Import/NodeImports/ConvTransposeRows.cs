using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Transposed convolutions on real values.</summary>
internal static class ConvTransposeRows
{
    public static void ConvTranspose(NodeImport node)
    {
        var value = node.Activation(0);
        var axes = Windows.Axes(node, value);
        var input = node.Arrange(value, axes);
        var (weights, group) = (node.Constant(1, "weights"), node.Int("group", 1));
        var channels = input.Type.Shape.Channels;
        if (weights.Shape.Length != axes.Length || weights.Shape.Contains(0) || weights.Shape[0] != channels)
            throw node.BadDims(weights, $"weights must be [{channels}, outputs / group, kernel…] for input '{input.Name}'.");
        if (group < 1 || channels % group != 0)
            throw node.Unsupported("group", group, $"It must divide the {channels} input channels.");
        var kernel = weights.Shape.RemoveRange(0, 2);
        if (node.Ints("kernel_shape") is { IsEmpty: false } stated && !stated.SequenceEqual(kernel))
            throw node.Unsupported("kernel_shape", string.Join(", ", stated), $"The weights have [{string.Join(", ", weights.Shape)}].");
        var outputs = weights.Shape[1] * group;
        var (window, height, width) = Sizes(node, Windows.Of(node, kernel, input.Type.Shape), kernel.Length, input.Type.Shape);
        var signal = kernel.Length == 1 ? weights with { Shape = weights.Shape.Add(1) } : weights;
        var packed = signal
            .Reshaped([group, channels / group, weights.Shape[1], signal.Shape[2], signal.Shape[3]])
            .Permuted([0, 2, 3, 4, 1])
            .Reshaped([outputs, signal.Shape[2], signal.Shape[3], channels / group])
            .ToWeights(0);
        var bias = node.Has(2) ? node.Constant(2, "bias").ToBias(outputs) : null;
        var op = new ConvTranspose
        {
            Weights = packed,
            Bias = bias,
            Window = window,
            OutputHeight = height,
            OutputWidth = width,
            Groups = group,
        };
        node.Return(node.Emit(op, axes, input));
    }

    /// <summary>
    /// What is cut off, and what is left: stride x (n - 1) + span + output_padding, less pads; with output_shape or auto_pad the pads
    /// follow, the odd one at the end with SAME_UPPER and else at the begin.
    /// </summary>
    private static (Window Window, int Height, int Width) Sizes(NodeImport node, Window window, int spatial, TensorShape input)
    {
        var extra = List(node, "output_padding", spatial) ?? [.. new int[spatial]];
        var (rows, columns) = (
            (input.Height - 1) * window.StrideHeight + window.SpanHeight + extra[0],
            (input.Width - 1) * window.StrideWidth + window.SpanWidth + (spatial > 1 ? extra[1] : 0)
        );
        var mode = node.Text("auto_pad", "NOTSET");
        ImmutableArray<int>? asked =
            List(node, "output_shape", spatial)
            ?? (
                mode.StartsWith("SAME", System.StringComparison.Ordinal)
                    ? [input.Height * window.StrideHeight, input.Width * window.StrideWidth]
                    : null
            );
        if (asked is not { } shape)
            return (window, rows - window.PadTop - window.PadBottom, columns - window.PadLeft - window.PadRight);
        var (height, width) = (shape[0], spatial > 1 ? shape[1] : columns);
        if (height > rows || width > columns)
            throw node.Unsupported("output_shape", string.Join(", ", shape), $"The windows reach {rows} rows and {columns} columns.");
        var first = mode == "SAME_UPPER" ? 0 : 1;
        return (window with { PadTop = (rows - height + first) / 2, PadLeft = (columns - width + first) / 2 }, height, width);
    }

    private static ImmutableArray<int>? List(NodeImport node, string attribute, int length)
    {
        if (node.Ints(attribute) is not { IsEmpty: false } given)
            return null;
        if (given.Length > length)
            given = given[^length..];
        return given.Length == length && given.All(v => v is >= 0 and <= Limits.Window)
            ? given
            : throw node.Unsupported(attribute, string.Join(", ", given), $"{length} values between 0 and {Limits.Window} are needed.");
    }
}
