using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>
/// Products of two activations, whose dimensions have names: those of both operands and the result count matrices, those of both alone are
/// summed over. At most one dimension of each kind has several elements, because a tensor has three axes.
/// </summary>
internal static class ProductRows
{
    /// <summary>Sums over the last dimension of the first and the last but one of the second.</summary>
    public static Activation MatMul(NodeImport node, Activation a, Activation b, QuantizationParameters? result)
    {
        if (a.Axes.Rank < 2 || b.Axes.Rank < 2)
            throw node.BadDims(a.Axes.Rank < 2 ? a : b, "products of two activations take matrices.");
        var batch = string.Concat(Enumerable.Range(0, System.Math.Max(a.Axes.Rank, b.Axes.Rank) - 2).Select(i => (char)('A' + i)));
        return Contract(
            node,
            (a, batch[(batch.Length - a.Axes.Rank + 2)..] + "ik"),
            (b, batch[(batch.Length - b.Axes.Rank + 2)..] + "kj"),
            batch + "ij",
            result
        );
    }

    /// <summary>Of two activations under named dimensions, where at most one of each kind has several elements; else nothing is
    /// done.</summary>
    /// <returns>Whether it is done.</returns>
    public static bool Product(NodeImport node, string[] names, string result)
    {
        var (a, b) = (node.Activation(0), node.Activation(1));
        char[] letters = [.. names[0].Zip(a.Dims).Concat(names[1].Zip(b.Dims)).Where(d => d.Second > 1).Select(d => d.First)];
        var shared = letters.Where(c => names.All(n => n.Contains(c))).Distinct().ToArray();
        var (rows, columns) = (
            letters.Except(shared).Where(names[0].Contains).ToArray(),
            letters.Except(shared).Where(names[1].Contains).ToArray()
        );
        if (
            shared.Count(result.Contains) > 1
            || shared.Count(c => !result.Contains(c)) > 1
            || rows.Length > 1
            || columns.Length > 1
            || rows.Concat(columns).Any(c => !result.Contains(c))
        )
            return false;
        node.Return(Contract(node, (a, names[0]), (b, names[1]), result, null));
        return true;
    }

    /// <param name="result">Quantisation of the result where the operator states it.</param>
    private static Activation Contract(
        NodeImport node,
        (Activation Value, string Names) a,
        (Activation Value, string Names) b,
        string to,
        QuantizationParameters? result
    )
    {
        (a.Value, b.Value) = (Even(node, a.Value), Even(node, b.Value));
        var (first, second) = (Axes(a.Value, a.Names), Axes(b.Value, b.Names));
        foreach (var name in first.Keys.Intersect(second.Keys))
        {
            if (first[name].Extent != second[name].Extent)
                throw node.BadDims(
                    b.Value,
                    $"the other operand has [{string.Join(", ", a.Value.Dims)}]; dimensions that belong together must be equal or 1."
                );
        }

        char? Only(IEnumerable<char> names) =>
            names.ToArray() switch
            {
                [] => null,
                [var one] => one,
                _ => throw node.BadDims(
                    a.Value,
                    "at most one dimension may count matrices, and each matrix has one of rows, one of columns."
                ),
            };
        var shared = first.Keys.Union(second.Keys).Where(n => a.Names.Contains(n) && b.Names.Contains(n)).ToArray();
        var matrix = Only(shared.Where(to.Contains));
        var inner = Only(shared.Where(n => !to.Contains(n)));
        var row = Only(first.Keys.Except(shared));
        var column = Only(second.Keys.Except(shared));
        if (first.Keys.Except(shared).Concat(second.Keys.Except(shared)).Any(n => !to.Contains(n)))
            throw node.BadDims(a.Value, "a dimension that the result lacks must be of both operands.");
        var matricesFirst =
            matrix is { } m
            && !(row is { } r && first[r].Step == a.Value.Type.Shape.RowElements)
            && first[m].Step == a.Value.Type.Shape.RowElements;
        var (height, width) = matricesFirst ? (matrix, row) : (row, matrix);
        var op = new MatMul
        {
            Shape = new(Extent(height), Extent(width), Extent(column)),
            Inner = Extent(inner),
            First = new(Step(first, height), Step(first, width), Step(first, column), Step(first, inner)),
            Second = new(Step(second, height), Step(second, width), Step(second, column), Step(second, inner)),
        };
        if (op.Inner > Operators.MatMul.MostTerms)
            throw ImportFailure.Of(
                DiagnosticCatalog.TooLarge,
                node.Name,
                node.Kind,
                $"sums of {op.Inner} products",
                $"{Operators.MatMul.MostTerms:N0} terms"
            );
        var terms = to.Select(n =>
                n == height ? "H"
                : n == width ? "W"
                : n == column ? "C"
                : ""
            )
            .ToImmutableArray();
        var type = a.Value.Type with { Shape = op.Shape };
        return node.Emit(op, new(terms), result is null ? type : type with { Quantization = result }, a.Value, b.Value);

        int Extent(char? name) =>
            name is not { } n ? 1
            : first.TryGetValue(n, out var known) ? known.Extent
            : second[n].Extent;

        static int Step(Dictionary<char, (int Extent, int Step)> axes, char? name) =>
            name is { } n && axes.TryGetValue(n, out var known) ? known.Step : 0;
    }

    /// <summary>With elements of a dimension equally far apart, as they are unless a view joins dimensions that lie apart.</summary>
    private static Activation Even(NodeImport node, Activation value)
    {
        var solid = node.Layout.Solid(value);
        return solid.Axes.Terms.All(term =>
            solid.Axes.Loops(term, solid.Type.Shape).ToArray() is var loops
            && loops.Zip(loops.Skip(1), (outer, within) => outer.Stride == within.Stride * within.Count).All(even => even)
        )
            ? solid
            : node.Layout.InOnnxOrder(solid);
    }

    /// <summary>By name of a dimension of several elements: how many, and how far apart they lie.</summary>
    private static Dictionary<char, (int Extent, int Step)> Axes(Activation value, string names) =>
        names
            .Select((name, i) => (name, Term: value.Axes.Terms[i], Extent: value.Dims[i]))
            .Where(d => d.Term.Length > 0)
            .ToDictionary(d => d.name, d => (d.Extent, value.Axes.Loops(d.Term[^1..], value.Type.Shape).Single().Stride));
}
