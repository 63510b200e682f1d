using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Nearest-neighbour and linear resizing: sources are worked out here, so that no executor computes coordinates.</summary>
internal static class ResizeRows
{
    public static void Resize(NodeImport node)
    {
        if (node.Text("mode", "nearest") is var mode && mode is not ("nearest" or "linear"))
            throw node.Unsupported("mode", mode, "Use nearest or linear.");
        if (node.Opset is > 0 and < 11)
            throw node.Unsupported("opset", node.Opset, "Export with opset 11 or later.");
        if (node.Int("exclude_outside", 0) != 0 || node.Int("antialias", 0) != 0)
            throw node.Unsupported("exclude_outside, antialias", "1", "They have no meaning with nearest, and linear is supported without.");
        var value = node.Activation(0);
        if (mode == "linear" && value.Type.Quantization is { } q)
            throw ImportFailure.Of(DiagnosticCatalog.IntegersNotDefined, node.Name, node.Kind, value.Name, value.Type.Element, q.Scale, q.ZeroPoint);
        var input = node.Arrange(value, Windows.Axes(node, value));
        var dims = input.Dims;
        var (sizes, scales) = Targets(node, dims);
        if (sizes[0] != dims[0] || sizes[1] != dims[1])
            throw node.Unsupported("sizes", string.Join(", ", sizes), "Only rows and columns can be resized.");
        if (Math.Max(dims.Skip(2).Max(), sizes.Skip(2).Max()) > ushort.MaxValue)
            throw node.Unsupported("sizes", string.Join(", ", sizes), $"At most {ushort.MaxValue} rows and columns can be resized.");
        Limits.Require(node.Name, node.Kind, [.. sizes]);
        if (mode == "linear")
        {
            var columnTaps = dims.Length == 4 ? Taps(node, dims[3], sizes[3], scales[3]) : LinearTaps.Of([0], 1);
            var linear = new ResizeLinear { RowTaps = Taps(node, dims[2], sizes[2], scales[2]), ColumnTaps = columnTaps };
            node.Return(node.Emit(linear, AxisOrder.ChannelsFirst(dims.Length), input));
            return;
        }

        var rows = Sources(node, dims[2], sizes[2], scales[2]);
        var columns = dims.Length == 4 ? Sources(node, dims[3], sizes[3], scales[3]) : [0];
        node.Return(node.Emit(new ResizeNearest { RowSource = rows, ColumnSource = columns }, AxisOrder.ChannelsFirst(dims.Length), input));
    }

    /// <summary>Sizes and scales of all dimensions; the node may give those of some axes only.</summary>
    private static (int[] Sizes, float[] Scales) Targets(NodeImport node, ImmutableArray<int> dims)
    {
        if (node.Text("keep_aspect_ratio_policy", "stretch") is var policy && policy != "stretch")
            throw node.Unsupported("keep_aspect_ratio_policy", policy, "Give the sizes that the policy leads to.");
        var axes = node.Axes(int.MaxValue, dims.Length) ?? [.. Enumerable.Range(0, dims.Length)];
        var (sizes, scales) = (dims.ToArray(), dims.Select(_ => 1f).ToArray());
        if (node.Has(2) && node.Constant(2, "scales").Reals() is { Length: > 0 } factors)
        {
            if (factors.Length != axes.Length || factors.Any(f => !(f > 0) || !float.IsFinite(f)))
                throw node.Unsupported("scales", string.Join(", ", factors), $"{axes.Length} positive numbers are needed.");
            for (var i = 0; i < axes.Length; i++)
            {
                var (axis, size) = (axes[i], MathF.Floor(dims[axes[i]] * factors[i]));
                (sizes[axis], scales[axis]) = ((int)MathF.Min(size, Limits.Elements + 1f), factors[i]);
            }

            return (sizes, scales);
        }

        if (!node.Has(3))
            throw node.Unsupported("scales and sizes", "none", "Give constant scales or sizes.");
        var given = node.Constant(3, "sizes").Integers();
        if (given.Length != axes.Length || given.Any(s => s < 1))
            throw node.Unsupported("sizes", string.Join(", ", given), $"{axes.Length} positive values are needed.");
        for (var i = 0; i < axes.Length; i++)
            (sizes[axes[i]], scales[axes[i]]) = (given[i], (float)given[i] / dims[axes[i]]);
        return (sizes, scales);
    }

    private static LinearTaps Taps(NodeImport node, int from, int to, float scale)
    {
        var transformation = node.Text("coordinate_transformation_mode", "half_pixel");
        var ratio = Math.Abs(from * (double)scale - to) < 1e-4 ? (double)to / from : scale;
        return LinearTaps.Of([.. Enumerable.Range(0, to).Select(i => transformation switch
        {
            "asymmetric" => i / ratio,
            "half_pixel" => (i + 0.5) / ratio - 0.5,
            "half_pixel_symmetric" => from / 2.0 * (1 - to / (ratio * from)) + (i + 0.5) / ratio - 0.5,
            "pytorch_half_pixel" => to > 1 ? (i + 0.5) / ratio - 0.5 : 0,
            "align_corners" => to > 1 ? (double)i * (from - 1) / (to - 1) : 0,
            _ => throw node.Unsupported("coordinate_transformation_mode", transformation, "Use asymmetric, half_pixel, pytorch_half_pixel or align_corners."),
        })], from);
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
