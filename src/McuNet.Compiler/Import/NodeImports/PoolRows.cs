using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Poolings.</summary>
internal static class PoolRows
{
    public static void AveragePool(NodeImport node) => node.Return(Average(node, null));

    public static void GlobalAveragePool(NodeImport node) => node.Return(GlobalAverage(node, null));

    public static void MaxPool(NodeImport node)
    {
        if (node.Int("storage_order", 0) is var order && order is not (0 or 1))
            throw node.Unsupported("storage_order", order, "It is 0 or 1, and counts for indices only.");
        var padded = node.Padded(0);
        var axes = Windows.Axes(node, padded);
        var input = node.Arrange(node.IsNonNegative(padded.Tensor) ? padded : node.Activation(0), axes);
        var window = Window(node, input);
        node.Return(node.Emit(new MaxPool { Window = window }, axes, input with { Padding = default }));
    }

    public static void GlobalMaxPool(NodeImport node)
    {
        var value = node.Activation(0);
        var axes = Windows.Axes(node, value);
        var input = node.Arrange(value, axes);
        var window = new Window { KernelHeight = input.Type.Shape.Height, KernelWidth = input.Type.Shape.Width };
        node.Return(node.Emit(new MaxPool { Window = window }, axes, input));
    }

    public static Activation Average(NodeImport node, QuantizationParameters? output)
    {
        var padded = node.Padded(0);
        var axes = Windows.Axes(node, padded);
        var input = node.Arrange(padded, axes);
        var window = Window(node, input);
        var own = window with
        {
            PadTop = window.PadTop - input.Padding.Top,
            PadLeft = window.PadLeft - input.Padding.Left,
            PadBottom = window.PadBottom - input.Padding.Bottom,
            PadRight = window.PadRight - input.Padding.Right,
        };
        var countsPadding = node.Int("count_include_pad", 0) != 0;
        if (!input.Padding.IsNone && own.HasPadding && !countsPadding)
        {
            input = node.Arrange(node.Activation(0), axes);
            window = Window(node, input);
        }

        if (countsPadding && node.Int("ceil_mode", 0) != 0)
            throw node.Unsupported("ceil_mode", 1, "It cannot be combined with count_include_pad.");
        var op = new AveragePool { Window = window, CountPadding = window.HasPadding && (countsPadding || !input.Padding.IsNone) };
        return node.Emit(op, axes, output, input with { Padding = default });
    }

    public static Activation GlobalAverage(NodeImport node, QuantizationParameters? output)
    {
        var value = node.Activation(0);
        var axes = Windows.Axes(node, value);
        return node.Emit(new Mean { OverHeight = true, OverWidth = true }, axes, output, node.Arrange(value, axes));
    }

    private static Window Window(NodeImport node, Activation input)
    {
        var kernel = node.Ints("kernel_shape") ?? [];
        if (kernel.Length != input.Axes.Rank - 2)
            throw node.Unsupported("kernel_shape", string.Join(", ", kernel), $"{input.Axes.Rank - 2} values are needed.");
        if (node.Ints("pads") is { } pads && pads.Select((p, i) => p >= kernel[i % kernel.Length]).Contains(true))
            throw node.Unsupported(
                "pads",
                string.Join(", ", pads),
                $"They must be smaller than the kernel [{string.Join(", ", kernel)}]; a window would see nothing but padding."
            );
        var window = Windows.Extended(Windows.Of(node, kernel, input.Padding.Padded(input.Type.Shape)), input.Padding);
        return node.Int("ceil_mode", 0) != 0 ? Windows.RoundedUp(window, input.Type.Shape) : window;
    }
}
