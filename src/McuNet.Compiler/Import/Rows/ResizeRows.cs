using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Nearest-neighbour resizing: sources are worked out here, so that no executor computes coordinates.</summary>
internal static class ResizeRows
{
    public static void Resize(NodeImport node)
    {
        if (node.Text("mode", "nearest") is var mode && mode != "nearest")
            throw node.Unsupported("mode", mode, "Only nearest is supported.");
        if (node.Opset is > 0 and < 11)
            throw node.Unsupported("opset", node.Opset, "Export with opset 11 or later.");
        var value = node.Activation(0);
        var input = node.Arrange(value, Windows.Axes(node, value));
        var dims = input.Dims;
        var (sizes, scales) = Targets(node, dims);
        if (sizes[0] != dims[0] || sizes[1] != dims[1])
            throw node.Unsupported("sizes", string.Join(", ", sizes), "Only rows and columns can be resized.");
        var rows = Sources(node, dims[2], sizes[2], scales[2]);
        var columns = dims.Length == 4 ? Sources(node, dims[3], sizes[3], scales[3]) : [0];
        node.Return(node.Emit(new ResizeNearest { RowSource = rows, ColumnSource = columns }, AxisOrder.ChannelsFirst(dims.Length), input));
    }

    private static (int[] Sizes, float[] Scales) Targets(NodeImport node, ImmutableArray<int> dims)
    {
        if (node.Has(2) && node.Constant(2, "scales").Reals() is { Length: > 0 } scales && scales.Length == dims.Length)
            return (dims.Select((d, i) => (int)MathF.Floor(d * scales[i])).ToArray(), [.. scales]);
        if (!node.Has(3))
            throw node.Unsupported("sizes", "none", "Give constant scales or sizes.");
        var sizes = node.Constant(3, "sizes").Integers();
        if (sizes.Length != dims.Length)
            throw node.Unsupported("sizes", string.Join(", ", sizes), $"{dims.Length} values are needed.");
        return ([.. sizes], sizes.Select((s, i) => (float)s / dims[i]).ToArray());
    }

    private static ImmutableArray<int> Sources(NodeImport node, int from, int to, float scale)
    {
        var transformation = node.Text("coordinate_transformation_mode", "half_pixel");
        var rounding = node.Text("nearest_mode", "round_prefer_floor");
        var sources = ImmutableArray.CreateBuilder<int>(to);
        for (var i = 0; i < to; i++)
        {
            var position = transformation switch
            {
                "asymmetric" => i / scale,
                "half_pixel" => (i + 0.5f) / scale - 0.5f,
                "pytorch_half_pixel" => to > 1 ? (i + 0.5f) / scale - 0.5f : 0,
                "align_corners" => to > 1 ? (float)i * (from - 1) / (to - 1) : 0,
                _ => throw node.Unsupported("coordinate_transformation_mode", transformation, "Use asymmetric, half_pixel or align_corners."),
            };
            var nearest = rounding switch
            {
                "floor" => MathF.Floor(position),
                "ceil" => MathF.Ceiling(position),
                "round_prefer_floor" => MathF.Ceiling(position - 0.5f),
                "round_prefer_ceil" => MathF.Floor(position + 0.5f),
                _ => throw node.Unsupported("nearest_mode", rounding, "Use floor, ceil, round_prefer_floor or round_prefer_ceil."),
            };
            sources.Add((int)Math.Clamp(nearest, 0, from - 1));
        }

        return sources.MoveToImmutable();
    }
}
