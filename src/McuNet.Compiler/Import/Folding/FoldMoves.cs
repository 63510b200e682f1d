using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Import.NodeImports;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import.Folding;

/// <summary>Operators that choose, join, make or reduce elements of constants.</summary>
internal static class FoldMoves
{
    private static ConstantArray Operand(NodeImport node, int index) => FoldArithmetic.Operand(node, index);

    private static void Return(NodeImport node, ConstantArray value) => FoldArithmetic.Return(node, value);

    /// <summary>Dimensions of any value, from one dimension to another.</summary>
    public static void Shape(NodeImport node)
    {
        var dims = (node.Value(0) is Activation ? node.Activation(0) : node.Value(0)).Dims;
        var (start, end) = (Bounded(node.Int("start", 0)), Bounded(node.Int("end", dims.Length)));
        var part = dims.Skip(start).Take(end - start).Select(d => (long)d).ToArray();
        Return(node, ConstantArray.Integer([part.Length], OnnxType.Int64, part));

        int Bounded(int axis) => Math.Clamp(axis < 0 ? axis + dims.Length : axis, 0, dims.Length);
    }

    public static void Size(NodeImport node) =>
        Return(
            node,
            ConstantArray.Integer(
                [],
                OnnxType.Int64,
                [Limits.Product((node.Value(0) is Activation ? node.Activation(0) : node.Value(0)).Dims)]
            )
        );

    public static void Gather(NodeImport node)
    {
        var (data, indices) = (Operand(node, 0), Operand(node, 1));
        var axis = node.Axis(node.Int("axis", 0), data.Dims.Length);
        var size = data.Dims[axis];
        var sources = indices.Integers.Select(i => (int)(i < 0 ? i + size : i)).ToArray();
        if (sources.Any(i => i < 0 || i >= size))
            throw node.Unsupported("indices", string.Join(", ", indices.Integers.Take(8)), $"Dimension {axis} has {size} elements.");
        Return(node, Along(data, axis, sources) with { Dims = [.. data.Dims[..axis], .. indices.Dims, .. data.Dims[(axis + 1)..]] });
    }

    public static void Slice(NodeImport node)
    {
        var data = Operand(node, 0);
        foreach (var (axis, sources) in SelectRows.SlicesOf(node, data.Dims))
            data = Along(data, axis, [.. sources]);
        Return(node, data);
    }

    public static void Split(NodeImport node)
    {
        var data = Operand(node, 0);
        var (axis, sizes) = SelectRows.PartsOf(node, data.Dims);
        for (var (i, begin) = (0, 0); i < sizes.Length; begin += sizes[i++])
        {
            if (node.ForOutput(i) is { IsNamed: true } one)
                Return(one, Along(data, axis, [.. Enumerable.Range(begin, sizes[i])]));
        }
    }

    public static void Concat(NodeImport node)
    {
        ConstantArray[] parts = [.. Enumerable.Range(0, node.InputCount).Select(i => Operand(node, i))];
        var first = parts[0];
        var axis = node.Axis(node.Int("axis", 1), first.Dims.Length);
        if (parts.FirstOrDefault(p => p.Type != first.Type || !p.Dims.RemoveAt(axis).SequenceEqual(first.Dims.RemoveAt(axis))) is { } other)
            throw node.Unsupported(
                "operands",
                $"[{string.Join(", ", first.Dims)}] and [{string.Join(", ", other.Dims)}]",
                $"Only dimension {axis} may differ."
            );
        var dims = first.Dims.SetItem(axis, parts.Sum(p => p.Dims[axis]));
        var outer = (int)Limits.Product(dims[..axis]);
        Return(
            node,
            first.IsReal
                ? ConstantArray.Real(dims, first.Type, Joined(p => p.Reals))
                : ConstantArray.Integer(dims, first.Type, Joined(p => p.Integers))
        );

        T[] Joined<T>(Func<ConstantArray, T[]> values) =>
            [
                .. Enumerable
                    .Range(0, outer)
                    .SelectMany(o => parts.SelectMany(p => values(p).Skip(o * (p.Count / outer)).Take(p.Count / outer))),
            ];
    }

    public static void Tile(NodeImport node)
    {
        var (data, repeats) = (Operand(node, 0), Operand(node, 1).Integers);
        if (repeats.Length != data.Dims.Length || repeats.Any(r => r < 0))
            throw node.Unsupported("repeats", string.Join(", ", repeats), $"{data.Dims.Length} numbers are needed.");
        for (var axis = 0; axis < repeats.Length; axis++)
            data = Along(data, axis, [.. Enumerable.Range(0, data.Dims[axis] * (int)repeats[axis]).Select(i => i % data.Dims[axis])]);
        Return(node, data);
    }

    public static void Expand(NodeImport node)
    {
        var data = Operand(node, 0);
        var dims = FoldArithmetic.Broadcast(node, data.Dims, [.. Operand(node, 1).Integers.Select(d => (int)d)]);
        Return(node, data.At(dims, FoldArithmetic.Places(data.Dims, dims)));
    }

    public static void ConstantOfShape(NodeImport node)
    {
        var dims = Operand(node, 0).Integers.Select(d => (int)Math.Clamp(d, -1, int.MaxValue)).ToImmutableArray();
        if (dims.Contains(-1) || Limits.Product(dims) > ConstantArray.MostElements)
            throw node.Unsupported("shape", string.Join(", ", dims), $"A constant may have {ConstantArray.MostElements} elements here.");
        var value = node.Attribute("value")?.Tensor is { } tensor ? Constants.Of(tensor) : null;
        if (value is not null && (ConstantArray.Holds(value.Type) is null || value.Count != 1))
            throw node.Unsupported("value", value.Type, "One number is needed.");
        var one = value is null ? ConstantArray.Real([1], OnnxType.Float, [0]) : ConstantArray.Of(value);
        Return(node, one.At(dims, new int[Limits.Product(dims)]));
    }

    public static void Range(NodeImport node)
    {
        var (start, limit, delta) = (Operand(node, 0), Operand(node, 1), Operand(node, 2));
        var count = start.IsReal
            ? Math.Ceiling((limit.Reals[0] - start.Reals[0]) / delta.Reals[0])
            : Math.Ceiling((limit.Integers[0] - (double)start.Integers[0]) / delta.Integers[0]);
        if (!(count <= ConstantArray.MostElements))
            throw node.Unsupported("start, limit, delta", count, $"They must make at most {ConstantArray.MostElements} numbers.");
        var indices = Enumerable.Range(0, (int)Math.Max(0, count));
        Return(
            node,
            start.IsReal
                ? ConstantArray.Real([indices.Count()], start.Type, [.. indices.Select(i => start.Reals[0] + i * delta.Reals[0])])
                : ConstantArray.Integer([indices.Count()], start.Type, [.. indices.Select(i => start.Integers[0] + i * delta.Integers[0])])
        );
    }

    public static void ReduceSum(NodeImport node) => Reduce(node, v => v.Sum(), v => v.Sum());

    public static void ReduceProd(NodeImport node) =>
        Reduce(node, v => v.Aggregate(1.0, (a, b) => a * b), v => v.Aggregate(1L, (a, b) => a * b));

    public static void ReduceMax(NodeImport node) => Reduce(node, v => v.Max(), v => v.Max());

    public static void ReduceMin(NodeImport node) => Reduce(node, v => v.Min(), v => v.Min());

    public static void ReduceMean(NodeImport node) => Reduce(node, v => v.Average(), v => v.Sum() / v.Count());

    private static void Reduce(NodeImport node, Func<IEnumerable<double>, double> real, Func<IEnumerable<long>, long> integer)
    {
        var data = Operand(node, 0);
        var axes =
            node.Axes(1, data.Dims.Length) is { IsEmpty: false } given ? given
            : node.Int("noop_with_empty_axes", 0) != 0 ? []
            : [.. Enumerable.Range(0, data.Dims.Length)];
        ImmutableArray<int> kept = [.. data.Dims.Select((d, i) => axes.Contains(i) ? 1 : d)];
        if (data.Count == 0)
            throw node.Unsupported("operand", "no elements", "There is nothing to reduce.");
        var groups = FoldArithmetic
            .Places(kept, data.Dims)
            .Select((to, from) => (to, from))
            .GroupBy(p => p.to)
            .OrderBy(g => g.Key)
            .ToArray();
        ImmutableArray<int> dims = node.Int("keepdims", 1) != 0 ? kept : [.. data.Dims.Where((_, i) => !axes.Contains(i))];
        Return(
            node,
            data.IsReal
                ? ConstantArray.Real(dims, data.Type, [.. groups.Select(g => real(g.Select(p => data.Reals[p.from])))])
                : ConstantArray.Integer(dims, data.Type, [.. groups.Select(g => integer(g.Select(p => data.Integers[p.from])))])
        );
    }

    private static ConstantArray Along(ConstantArray data, int axis, int[] sources)
    {
        var (outer, inner) = ((int)Limits.Product(data.Dims[..axis]), (int)Limits.Product(data.Dims[(axis + 1)..]));
        var places = Enumerable
            .Range(0, outer)
            .SelectMany(o => sources.SelectMany(s => Enumerable.Range((o * data.Dims[axis] + s) * inner, inner)));
        return data.At(data.Dims.SetItem(axis, sources.Length), [.. places]);
    }
}
