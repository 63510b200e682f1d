using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Nearest-neighbour resizing along any dimensions, linear and cubic resizing of rows and columns: sources are worked out here, so
/// that no executor computes coordinates.</summary>
internal static class ResizeRows
{
    /// <summary>
    /// How far from the middle between two elements a coordinate counts as in the middle, since its rounding may go either way: that of
    /// ONNX Runtime.
    /// </summary>
    private const double Tie = 1e-6;

    public static void Resize(NodeImport node)
    {
        if (node.Text("mode", "nearest") is var mode && mode is not ("nearest" or "linear" or "cubic"))
            throw node.Unsupported("mode", mode, "Use nearest, linear or cubic.");
        if ((mode != "cubic" && node.Int("exclude_outside", 0) != 0) || node.Int("antialias", 0) != 0)
            throw node.Unsupported(
                "exclude_outside, antialias",
                "1",
                "exclude_outside has a meaning with cubic only, and no mode is supported with antialias."
            );
        var value = node.Activation(0);
        var targets = Targets(node, value.Dims);
        Limits.Require(node.Name, node.Kind, [.. targets.Select(t => t.Size)]);
        if (mode != "nearest")
        {
            node.Return(Between(node, value, targets, mode == "cubic"));
            return;
        }

        node.Return(
            SelectRows.Select(
                node,
                value,
                targets
                    .Select((t, d) => (t, d))
                    .Where(p => p.t != new Target(value.Dims[p.d], 1))
                    .ToDictionary(p => p.d, p => Sources(node, p.d, value.Dims[p.d], p.t))
            )
        );
    }

    /// <summary>Of rows and columns.</summary>
    private static Activation Between(NodeImport node, Activation value, Target[] targets, bool isCubic)
    {
        if (value.Type.Quantization is { } q)
            throw ImportFailure.Of(
                DiagnosticCatalog.IntegersNotDefined,
                node.Name,
                node.Kind,
                value.Name,
                value.Type.Element,
                q.Scale,
                q.ZeroPoint
            );
        var changed = Enumerable.Range(0, targets.Length).Where(d => targets[d] != new Target(value.Dims[d], 1)).ToArray();
        var letters = targets.Length == 4 && changed is [1] or [1, 2] ? "-HWC" : Windows.Axes(node, value);
        var input = node.Arrange(value, letters);
        if (changed.FirstOrDefault(d => letters[d] is not ('H' or 'W'), -1) is >= 0 and var other)
            throw node.Unsupported(
                "sizes",
                string.Join(", ", targets.Select(t => t.Size)),
                $"Only rows and columns can be resized by interpolation, not dimension {other}."
            );
        if (targets.Concat(input.Dims.Select(d => new Target(d, 1))).Max(t => t.Size) > ushort.MaxValue)
            throw node.Unsupported(
                "sizes",
                string.Join(", ", targets.Select(t => t.Size)),
                $"At most {ushort.MaxValue} rows and columns can be resized."
            );
        var (rows, columns) = (letters.IndexOf('H'), letters.IndexOf('W'));
        Graph.Operator op = isCubic
            ? new Resample
            {
                RowTaps = Cubic(node, input.Dims[rows], targets[rows]),
                ColumnTaps = columns < 0 ? SumTaps.Same(1) : Cubic(node, input.Dims[columns], targets[columns]),
            }
            : new ResizeLinear
            {
                RowTaps = Taps(node, input.Dims[rows], targets[rows]),
                ColumnTaps = columns < 0 ? LinearTaps.Of([0], 1) : Taps(node, input.Dims[columns], targets[columns]),
            };
        return node.Emit(op, letters, input);
    }

    /// <summary>Parts of the way between two real numbers where the scale is no simple ratio.</summary>
    private const int RealUnits = 1 << 20;

    private static LinearTaps Taps(NodeImport node, int from, Target target) =>
        LinearTaps.Of(Positions(node, from, target), from, RealUnits);

    private static SumTaps Cubic(NodeImport node, int from, Target target) =>
        target == new Target(from, 1)
            ? SumTaps.Same(from)
            : SumTaps.Cubic(Positions(node, from, target), from, node.Float("cubic_coeff_a", -0.75f), node.Int("exclude_outside", 0) != 0);

    /// <summary>Where each row or column of the result lies between those of the operand.</summary>
    private static double[] Positions(NodeImport node, int from, Target target)
    {
        var (to, transformation) = (target.Size, IsOld(node) ? "asymmetric" : node.Text("coordinate_transformation_mode", "half_pixel"));
        var ratio = Math.Abs(from * (double)target.Scale - to) < 1e-4 ? (double)to / from : target.Scale;
        return
        [
            .. Enumerable
                .Range(0, to)
                .Select(i =>
                    transformation switch
                    {
                        "asymmetric" => i / ratio,
                        "half_pixel" => (i + 0.5) / ratio - 0.5,
                        "half_pixel_symmetric" => from / 2.0 * (1 - to / (ratio * from)) + (i + 0.5) / ratio - 0.5,
                        "pytorch_half_pixel" => to > 1 ? (i + 0.5) / ratio - 0.5 : 0,
                        "align_corners" => to > 1 ? (double)i * (from - 1) / (to - 1) : 0,
                        _ => throw node.Unsupported(
                            "coordinate_transformation_mode",
                            transformation,
                            "Use asymmetric, half_pixel, pytorch_half_pixel or align_corners."
                        ),
                    }
                ),
        ];
    }

    /// <summary>
    /// The number of elements of a dimension, the scale by which coordinates are worked out, and the part of the operand that is covered,
    /// from 0 to 1.
    /// </summary>
    private readonly record struct Target(int Size, float Scale, float Start = 0, float End = 1);

    /// <summary>Of all dimensions; the node may give those of some axes only, and before opset 11 its scales as operand 1.</summary>
    private static Target[] Targets(NodeImport node, ImmutableArray<int> dims)
    {
        var isOld = IsOld(node);
        var axes = node.Axes(int.MaxValue, dims.Length) ?? [.. Enumerable.Range(0, dims.Length)];
        var targets = dims.Select(d => new Target(d, 1)).ToArray();
        var scales = isOld ? 1 : 2;
        if (node.Attribute("scales") is { } old)
            Scale([.. old.Floats]);
        else if (node.Has(scales) && node.Constant(scales, "scales").Reals() is { Length: > 0 } factors)
            Scale(factors);
        else if (!isOld && node.Has(3))
            Size(node.Constant(3, "sizes").Integers());
        else
            throw node.Unsupported("scales and sizes", "none", "Give constant scales or sizes.");
        if (node.Text("coordinate_transformation_mode", "") == "tf_crop_and_resize")
            Crop(node.Constant(1, "roi").Reals());
        return targets;

        void Scale(ImmutableArray<float> factors)
        {
            if (factors.Length != axes.Length || factors.Any(f => !(f > 0) || !float.IsFinite(f)))
                throw node.Unsupported("scales", string.Join(", ", factors), $"{axes.Length} positive numbers are needed.");
            for (var i = 0; i < axes.Length; i++)
                targets[axes[i]] = new((int)MathF.Min(MathF.Floor(dims[axes[i]] * factors[i]), Limits.Elements + 1f), factors[i]);
        }

        void Size(ImmutableArray<int> sizes)
        {
            if (sizes.Length != axes.Length || sizes.Any(s => s < 1))
                throw node.Unsupported("sizes", string.Join(", ", sizes), $"{axes.Length} positive values are needed.");
            var ratios = axes.Select((axis, i) => (float)sizes[i] / dims[axis]).ToArray();
            var kept = node.Text("keep_aspect_ratio_policy", "stretch") switch
            {
                "stretch" => (float?)null,
                "not_larger" => ratios.Min(),
                "not_smaller" => ratios.Max(),
                var other => throw node.Unsupported("keep_aspect_ratio_policy", other, "It is stretch, not_larger or not_smaller."),
            };
            for (var i = 0; i < axes.Length; i++)
                targets[axes[i]] = kept is { } one
                    ? new((int)MathF.Round(one * dims[axes[i]], MidpointRounding.AwayFromZero), one)
                    : new(sizes[i], ratios[i]);
        }

        void Crop(ImmutableArray<float> region)
        {
            if (region.Length != 2 * axes.Length || region.Any(r => r is not (>= 0 and <= 1)))
                throw node.Unsupported(
                    "roi",
                    string.Join(", ", region),
                    $"{2 * axes.Length} numbers between 0 and 1 are needed: what lies outside of the operand has no value."
                );
            for (var i = 0; i < axes.Length; i++)
                targets[axes[i]] = targets[axes[i]] with { Start = region[i], End = region[i + axes.Length] };
        }
    }

    private static bool IsOld(NodeImport node) => node.Kind == "Upsample" || node.Opset is > 0 and < 11;

    private static ImmutableArray<int> Sources(NodeImport node, int dimension, int from, Target target)
    {
        if (target.Size < 1)
            throw node.Unsupported($"scale of dimension {dimension}", target.Scale, "It leaves nothing.");
        var (transformation, rounding) = IsOld(node)
            ? ("asymmetric", target.Scale < 1 ? "ceil" : "floor")
            : (node.Text("coordinate_transformation_mode", "half_pixel"), node.Text("nearest_mode", "round_prefer_floor"));
        return [.. Enumerable.Range(0, target.Size).Select(i => (int)Math.Clamp(Nearest(Position(i)), 0, from - 1))];

        float Position(int i) =>
            transformation switch
            {
                "asymmetric" => i / target.Scale,
                "half_pixel" => (i + 0.5f) / target.Scale - 0.5f,
                "half_pixel_symmetric" => Symmetric(i),
                "pytorch_half_pixel" => target.Size > 1 ? (i + 0.5f) / target.Scale - 0.5f : 0,
                "tf_half_pixel_for_nn" => (i + 0.5f) / target.Scale,
                "align_corners" => target.Size > 1 ? (float)i * (from - 1) / (target.Size - 1) : 0,
                "tf_crop_and_resize" => target.Size > 1
                    ? target.Start * (from - 1) + i * (target.End - target.Start) * (from - 1) / (target.Size - 1)
                    : 0.5f * (target.Start + target.End) * (from - 1),
                _ => throw node.Unsupported(
                    "coordinate_transformation_mode",
                    transformation,
                    "Use asymmetric, half_pixel, half_pixel_symmetric, pytorch_half_pixel, tf_half_pixel_for_nn, align_corners or tf_crop_and_resize."
                ),
            };

        float Symmetric(int i)
        {
            var center = from / 2f;
            return center * (1 - target.Size / (target.Scale * from)) + (i + 0.5f) / target.Scale - 0.5f;
        }

        double Nearest(float position) =>
            rounding switch
            {
                "floor" => MathF.Floor(position),
                "ceil" => MathF.Ceiling(position),
                "round_prefer_floor" => Math.Ceiling(position - 0.5 - Tie),
                "round_prefer_ceil" => Math.Floor(position + 0.5 + Tie),
                _ => throw node.Unsupported("nearest_mode", rounding, "Use floor, ceil, round_prefer_floor or round_prefer_ceil."),
            };
    }
}
