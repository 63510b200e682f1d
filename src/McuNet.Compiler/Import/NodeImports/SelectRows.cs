using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Operators whose results are elements of the operand at other indices along some dimensions: slices, repetitions,
/// gathers.</summary>
internal static class SelectRows
{
    private const int MostIndices = ushort.MaxValue;

    /// <summary>Begins, ends, axes and steps, as operands or, of old, attributes.</summary>
    public static void Slice(NodeImport node)
    {
        var value = node.Activation(0);
        node.Return(Select(node, value, SlicesOf(node, value.Dims)));
    }

    /// <summary>The indices that a Slice chooses, by dimension.</summary>
    public static Dictionary<int, ImmutableArray<int>> SlicesOf(NodeImport node, ImmutableArray<int> dims)
    {
        var (starts, ends) = (List(node, 1, "starts"), List(node, 2, "ends"));
        var axes = node.Ints("axes") ?? (node.Has(3) ? node.Constant(3, "axes").Integers() : [.. Enumerable.Range(0, starts.Length)]);
        var steps = node.Has(4) ? node.Constant(4, "steps").Integers() : [.. starts.Select(_ => 1)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length || steps.Contains(0))
            throw node.Unsupported(
                "starts, ends, axes, steps",
                $"{starts.Length}, {ends.Length}, {axes.Length}, {steps.Length} numbers",
                "One of each is needed for every axis, and no step may be 0."
            );
        var indices = new Dictionary<int, ImmutableArray<int>>();
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = node.Axis(axes[i], dims.Length);
            if (!indices.TryAdd(axis, Range(dims[axis], starts[i], ends[i], steps[i])))
                throw node.Unsupported("axes", string.Join(", ", axes), "An axis must not come twice.");
        }

        return indices;
    }

    /// <summary>Parts along an axis, of sizes that are given or equal.</summary>
    public static void Split(NodeImport node)
    {
        var value = node.Activation(0);
        var (axis, sizes) = PartsOf(node, value.Dims);
        for (var (i, begin) = (0, 0); i < sizes.Length; begin += sizes[i++])
        {
            if (node.ForOutput(i) is { IsNamed: true } one)
                one.Return(Select(one, value, new() { [axis] = [.. Enumerable.Range(begin, sizes[i])] }));
        }
    }

    /// <summary>The axis that a Split cuts, and the sizes of the parts.</summary>
    public static (int Axis, ImmutableArray<int> Sizes) PartsOf(NodeImport node, ImmutableArray<int> dims)
    {
        var axis = node.Axis(node.Int("axis", 0), dims.Length);
        var (size, outputs) = (dims[axis], node.OutputCount);
        var part = (size + outputs - 1) / outputs;
        var sizes =
            node.Ints("split")
            ?? (
                node.Has(1)
                    ? node.Constant(1, "split").Integers()
                    : [.. Enumerable.Range(0, outputs).Select(i => Math.Min(part, size - i * part))]
            );
        if (sizes.Length != outputs || sizes.Any(s => s < 1) || sizes.Sum(s => (long)s) != size)
            throw node.Unsupported(
                "split",
                string.Join(", ", sizes),
                $"Dimension {axis} has {size} elements for {outputs} outputs; each needs at least one."
            );
        return (axis, sizes);
    }

    /// <summary>Indices along an axis, under their own dimensions.</summary>
    public static void Gather(NodeImport node)
    {
        if (node.Value(1) is Activation)
        {
            GatherRows.Gather(node);
            return;
        }

        var value = node.Activation(0);
        var axis = node.Axis(node.Int("axis", 0), value.Axes.Rank);
        var (indices, size) = (node.Constant(1, "indices"), value.Dims[axis]);
        var sources = indices.Integers().Select(i => i < 0 ? i + size : i).ToImmutableArray();
        if (sources.IsEmpty || sources.Any(i => i < 0 || i >= size))
            throw node.Unsupported("indices", string.Join(", ", indices.Integers().Take(8)), $"Dimension {axis} has {size} elements.");
        var gathered = Select(node, value, new() { [axis] = sources });
        node.Return(ViewRows.View(node, gathered, [.. value.Dims[..axis], .. indices.Shape, .. value.Dims[(axis + 1)..]]));
    }

    public static void Tile(NodeImport node)
    {
        var value = node.Activation(0);
        var repeats = node.Constant(1, "repeats").Integers();
        if (repeats.Length != value.Axes.Rank || repeats.Any(r => r is < 1 or > MostIndices))
            throw node.Unsupported(
                "repeats",
                string.Join(", ", repeats),
                $"{value.Axes.Rank} numbers between 1 and {MostIndices} are needed."
            );
        node.Return(Select(node, value, repeats.Select((r, d) => (r, d)).ToDictionary(p => p.d, p => Repeated(value.Dims[p.d], p.r))));
    }

    /// <summary>Dimensions of one element repeated, as they are broadcast.</summary>
    public static void Expand(NodeImport node)
    {
        var (value, shape) = (node.Activation(0), node.Constant(1, "shape").Integers());
        var rank = Math.Max(shape.Length, value.Axes.Rank);
        var wide = ViewRows.View(node, value, [.. Enumerable.Repeat(1, rank - value.Axes.Rank), .. value.Dims]);
        ImmutableArray<int> target = [.. Enumerable.Repeat(1, rank - shape.Length), .. shape];
        if (target.Select((size, d) => size < 1 || (size != wide.Dims[d] && size != 1 && wide.Dims[d] != 1)).Contains(true))
            throw node.Unsupported("shape", string.Join(", ", shape), $"Its operand has [{string.Join(", ", value.Dims)}].");
        node.Return(Expanded(node, wide, target));
    }

    /// <summary>Dimensions of one element as often as others have one there.</summary>
    public static Activation Expanded(NodeImport node, Activation value, ImmutableArray<int> dims) =>
        Select(node, value, dims.Index().Where(d => value.Dims[d.Index] == 1).ToDictionary(d => d.Index, d => Repeated(1, d.Item)));

    /// <summary>The elements at the given indices along some dimensions, by dimension.</summary>
    public static Activation Select(NodeImport node, Activation value, Dictionary<int, ImmutableArray<int>> indices)
    {
        var chosen = indices
            .Where(i => !i.Value.SequenceEqual(Enumerable.Range(0, value.Dims[i.Key])))
            .OrderBy(i => (double)i.Value.Length / value.Dims[i.Key])
            .ToArray();
        foreach (var (dimension, sources) in chosen)
        {
            if (sources.IsEmpty)
                throw node.BadDims(value, $"{node.Kind} would leave nothing of dimension {dimension}.");
            if (Math.Max(sources.Length, value.Dims[dimension]) > MostIndices && !IsRange(sources))
                throw node.Unsupported(
                    $"dimension {dimension}",
                    sources.Length,
                    $"At most {MostIndices} elements of a dimension can be chosen one by one."
                );
        }

        for (var i = 0; i < chosen.Length; i++)
        {
            var (isolated, axis) = node.Layout.Isolated(value, chosen[i].Key);
            value = (axis, i + 1 < chosen.Length ? Layout.AxisOf(isolated, chosen[i + 1].Key) : null) switch
            {
                ('H', 'W') => Pixels(node, isolated, chosen[i], chosen[++i]),
                ('W', 'H') => Pixels(node, isolated, chosen[i + 1], chosen[i++]),
                _ => Along(node, isolated, axis, chosen[i]),
            };
        }

        return value;
    }

    private static Activation Pixels(
        NodeImport node,
        Activation value,
        KeyValuePair<int, ImmutableArray<int>> rows,
        KeyValuePair<int, ImmutableArray<int>> columns
    )
    {
        var axes = Renamed(Renamed(value.Axes, rows, 'H'), columns, 'W');
        return Emit(node, new SelectPixels { RowSource = rows.Value, ColumnSource = columns.Value }, value, axes);
    }

    private static Activation Along(NodeImport node, Activation value, char axis, KeyValuePair<int, ImmutableArray<int>> chosen)
    {
        var shape = value.Type.Shape;
        Operator op = axis switch
        {
            'H' => new SelectPixels { RowSource = chosen.Value, ColumnSource = [.. Enumerable.Range(0, shape.Width)] },
            'W' => new SelectPixels { RowSource = [.. Enumerable.Range(0, shape.Height)], ColumnSource = chosen.Value },
            _ => new SelectChannels { Source = chosen.Value },
        };
        return Emit(node, op, value, Renamed(value.Axes, chosen, axis));
    }

    private static Activation Emit(NodeImport node, Operator op, Activation value, AxisOrder axes)
    {
        var shape = op.InferShape([value.Type.Shape]);
        return node.Emit(op, axes, value.Type with { Shape = shape }, value);
    }

    /// <summary>A dimension of one element is no term any more.</summary>
    private static AxisOrder Renamed(AxisOrder axes, KeyValuePair<int, ImmutableArray<int>> chosen, char axis) =>
        axes with
        {
            Terms = axes.Terms.SetItem(chosen.Key, chosen.Value.Length > 1 ? axis.ToString() : ""),
        };

    private static bool IsRange(ImmutableArray<int> sources) => sources.SequenceEqual(Enumerable.Range(sources[0], sources.Length));

    private static ImmutableArray<int> Repeated(int size, int times) => [.. Enumerable.Range(0, size * times).Select(i => i % size)];

    private static ImmutableArray<int> Range(int size, int start, int end, int step)
    {
        var (first, last) =
            step > 0 ? (Bounded(start, 0, size), Bounded(end, 0, size)) : (Bounded(start, 0, size - 1), Bounded(end, -1, size - 1));
        var sources = ImmutableArray.CreateBuilder<int>();
        for (long i = first; step > 0 ? i < last : i > last; i += step)
            sources.Add((int)i);
        return sources.ToImmutable();

        int Bounded(int index, int least, int most) => (int)Math.Clamp(index < 0 ? (long)index + size : index, least, most);
    }

    private static ImmutableArray<int> List(NodeImport node, int operand, string name) =>
        node.Ints(name) ?? node.Constant(operand, name).Integers();
}
