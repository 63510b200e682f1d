using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Padding: real zeros around rows and columns are a view, which the operator behind may take in; others are made.</summary>
internal static class PadRows
{
    public static void Pad(NodeImport node)
    {
        var value = node.Padded(0);
        var (begins, ends) = Amounts(node, value);
        var mode = node.Text("mode", "constant");
        node.Return(
            mode switch
            {
                "" or "constant" => Constant(node, value, begins, ends),
                "reflect" => Mirrored(
                    node,
                    begins,
                    ends,
                    (i, size) => size == 1 ? 0 : Math.Abs((i % (2 * size - 2) + 2 * size - 2 + size - 1) % (2 * size - 2) - (size - 1))
                ),
                "edge" => Mirrored(node, begins, ends, (i, size) => Math.Clamp(i, 0, size - 1)),
                "wrap" => Mirrored(node, begins, ends, (i, size) => (i % size + size) % size),
                _ => throw node.Unsupported("mode", mode, "It is constant, reflect, edge or wrap."),
            }
        );
    }

    /// <summary>Begins and ends of every dimension; the node may give those of some axes only.</summary>
    private static (int[] Begins, int[] Ends) Amounts(NodeImport node, Activation value)
    {
        var pads = node.Ints("pads") ?? node.Ints("paddings") ?? node.Constant(1, "paddings").Integers();
        var axes = node.Axes(3, value.Axes.Rank) ?? [.. Enumerable.Range(0, value.Axes.Rank)];
        if (pads.Length != 2 * axes.Length || pads.Any(p => p is < -Limits.Window or > Limits.Window))
            throw node.Unsupported(
                "pads",
                string.Join(", ", pads),
                $"One padding at each end of {axes.Length} dimensions is needed, each between -{Limits.Window} and {Limits.Window}."
            );
        var (begins, ends) = (new int[value.Axes.Rank], new int[value.Axes.Rank]);
        for (var i = 0; i < axes.Length; i++)
            (begins[axes[i]], ends[axes[i]]) = (pads[i], pads[i + axes.Length]);
        return (begins, ends);
    }

    private static Activation Mirrored(NodeImport node, int[] begins, int[] ends, Func<int, int, int> source)
    {
        var value = node.Activation(0);
        return SelectRows.Select(node, value, Sources(value, begins, ends, source));
    }

    private static Dictionary<int, ImmutableArray<int>> Sources(Activation value, int[] begins, int[] ends, Func<int, int, int> source) =>
        begins
            .Select((begin, d) => (d, begin))
            .ToDictionary(
                p => p.d,
                p =>
                    Enumerable
                        .Range(-p.begin, Math.Max(0, value.Dims[p.d] + p.begin + ends[p.d]))
                        .Select(i => source(i, value.Dims[p.d]))
                        .ToImmutableArray()
            );

    /// <summary>What is cut off first, then what is added.</summary>
    private static Activation Constant(NodeImport node, Activation value, int[] begins, int[] ends)
    {
        var fill = Fill(node, value.Type);
        if (begins.Concat(ends).Any(p => p < 0))
        {
            var whole = node.Activation(0);
            value = SelectRows.Select(
                node,
                whole,
                Sources(whole, [.. begins.Select(b => Math.Min(b, 0))], [.. ends.Select(e => Math.Min(e, 0))], (i, _) => i)
            );
            (begins, ends) = ([.. begins.Select(b => Math.Max(b, 0))], [.. ends.Select(e => Math.Max(e, 0))]);
        }

        var padded = Enumerable.Range(0, begins.Length).Where(d => begins[d] + ends[d] > 0).ToArray();
        if (fill == 0 && View(value, padded, begins, ends) is { } view)
            return view;
        var solid = node.Layout.Solid(value);
        var axes = padded.Select(d => Layout.AxisOf(solid, d)).ToArray();
        return axes.Contains(null) || axes.Distinct().Count() < axes.Length
            ? padded.Aggregate(solid, (all, d) => Along(node, all, d, begins[d], ends[d], fill))
            : Emit(node, solid, [.. padded.Zip(axes, (d, axis) => (d, axis!.Value, begins[d], ends[d]))], fill);
    }

    /// <summary>The number that is added, as a real one: of integers the one that they stand for.</summary>
    private static float Fill(NodeImport node, TensorType type) =>
        type.Quantization is { } q ? q.Real(node.Has(2) ? node.Constant(2, "fill value").Integer() : 0)
        : node.Has(2) ? node.Constant(2, "fill value").Real()
        : node.Attribute("value") is { Float: var number } && !float.IsNaN(number) ? number
        : 0;

    private static Activation? View(Activation value, int[] padded, int[] begins, int[] ends)
    {
        var padding = value.Padding;
        foreach (var d in padded)
        {
            switch (Layout.AxisOf(value, d))
            {
                case 'H':
                    padding = padding with { Top = padding.Top + begins[d], Bottom = padding.Bottom + ends[d] };
                    break;
                case 'W':
                    padding = padding with { Left = padding.Left + begins[d], Right = padding.Right + ends[d] };
                    break;
                default:
                    return null;
            }
        }

        return value with
        {
            Padding = padding,
        };
    }

    /// <summary>Some indices of a number before and behind those of a dimension.</summary>
    public static Activation Along(NodeImport node, Activation value, int dimension, int begin, int end, float fill)
    {
        var (isolated, axis) = node.Layout.Isolated(value, dimension);
        return Emit(node, isolated, [(dimension, axis, begin, end)], fill);
    }

    private static Activation Emit(
        NodeImport node,
        Activation value,
        ImmutableArray<(int Dimension, char Axis, int Begin, int End)> sides,
        float fill
    )
    {
        var (margins, axes) = (default(Margins), value.Axes);
        foreach (var (dimension, axis, begin, end) in sides)
        {
            margins = axis switch
            {
                'H' => margins with { Top = begin, Bottom = end },
                'W' => margins with { Left = begin, Right = end },
                _ => margins with { Front = begin, Back = end },
            };
            axes = axes with { Terms = axes.Terms.SetItem(dimension, axis.ToString()) };
        }

        var pad = new Pad { Margins = margins, Fill = fill };
        return node.Emit(pad, axes, value.Type with { Shape = pad.InferShape([value.Type.Shape]) }, value);
    }
}
