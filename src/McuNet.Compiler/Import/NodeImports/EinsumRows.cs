using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>
/// Sums of products over dimensions that have names, as transpositions, sums and a product of matrices: dimensions of both operands and the
/// result count matrices, those of both alone are summed over by the product, those of one alone are its rows or columns, or summed over
/// before. A constant is the second operand of the product, whose weights it is.
/// </summary>
internal static class EinsumRows
{
    private const string Advice =
        "One or two operands are supported, each letter once in an operand, with a result after an arrow whose letters they have.";

    public static void Einsum(NodeImport node)
    {
        var equation = node.Text("equation", "").Replace(" ", "", System.StringComparison.Ordinal);
        if (Parsed(equation, node.InputCount) is not var (operands, result))
            throw node.Unsupported("equation", equation, Advice);
        for (var i = 0; i < operands.Length; i++)
        {
            if (node.Value(i).Dims.Length != operands[i].Length)
                throw node.BadDims(node.Value(i), $"the equation gives it {operands[i].Length} dimensions.");
        }

        if (operands.Length == 2 && !node.IsConstant(0) && !node.IsConstant(1) && ProductRows.Product(node, operands, result))
            return;
        node.Instead(write => Write(write, operands, result));
    }

    /// <summary>The letters of each operand and of the result, which without an arrow are those that come once, in the order of the
    /// alphabet.</summary>
    private static (string[] Operands, string Result)? Parsed(string equation, int count)
    {
        var parts = equation.Split("->");
        var operands = parts[0].Split(',');
        var result =
            parts.Length == 1
                ? string.Concat(parts[0].Where(c => c != ',').GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order())
                : parts[1];
        var isPlain =
            parts.Length <= 2
            && operands.Length == count
            && count is 1 or 2
            && operands.Append(result).All(p => p.All(char.IsAsciiLetter) && p.Distinct().Count() == p.Length)
            && result.All(c => operands.Any(o => o.Contains(c)));
        return isPlain ? (operands, result) : null;
    }

    private static void Write(Expansion write, string[] operands, string result)
    {
        var names = operands
            .Select(
                (o, i) =>
                    Summed(
                        write,
                        write.Input(i),
                        o,
                        [.. o.Where(c => !result.Contains(c) && operands.Where((_, n) => n != i).All(p => !p.Contains(c)))]
                    )
            )
            .ToArray();
        if (names.Length == 1)
        {
            write.Return(Ordered(write, names[0].Value, names[0].Letters, result));
            return;
        }

        var ((a, first), (b, second)) = write.Import.IsConstant(0) ? (names[1], names[0]) : (names[0], names[1]);
        var extents = Enumerable
            .Range(0, 2)
            .SelectMany(i => operands[i].Zip(write.Import.Value(i).Dims))
            .GroupBy(p => p.First)
            .ToDictionary(g => g.Key, g => g.Max(p => p.Second));
        var matrices = string.Concat(first.Where(c => second.Contains(c) && result.Contains(c)));
        var inner = string.Concat(first.Where(c => second.Contains(c) && !result.Contains(c)));
        var (rows, columns) = (string.Concat(first.Except(second)), string.Concat(second.Except(first)));
        var product = write.Add(
            "MatMul",
            [
                Shaped(write, Ordered(write, a, first, matrices + rows + inner), matrices, rows, inner, extents),
                Shaped(write, Ordered(write, b, second, matrices + inner + columns), matrices, inner, columns, extents),
            ]
        );
        var all = matrices + rows + columns;
        var shaped = write.Add("Reshape", [product, write.Constant([.. all.Select(c => (long)extents[c])])]);
        write.Return(Ordered(write, shaped, all, result));
    }

    /// <summary>Summed over some dimensions.</summary>
    private static (string Value, string Letters) Summed(Expansion write, string value, string letters, char[] over) =>
        over.Length == 0
            ? (value, letters)
            : (
                write.Add(
                    "ReduceSum",
                    [value, write.Constant([.. over.Select(c => (long)letters.IndexOf(c))])],
                    OnnxAttribute.Of("keepdims", 0L)
                ),
                string.Concat(letters.Except(over))
            );

    private static string Ordered(Expansion write, string value, string from, string to) =>
        from == to
            ? Same(write, value)
            : write.Add("Transpose", [value], OnnxAttribute.Of("perm", to.Select(c => (long)from.IndexOf(c)).ToImmutableArray()));

    /// <summary>What may be a result by itself: a node gives it.</summary>
    private static string Same(Expansion write, string value) =>
        write.Nodes.Any(n => n.Outputs.Contains(value)) ? value : write.Add("Identity", [value]);

    private static string Shaped(
        Expansion write,
        string value,
        string matrices,
        string rows,
        string columns,
        Dictionary<char, int> extents
    ) =>
        write.Add(
            "Reshape",
            [value, write.Constant([.. matrices.Select(c => (long)extents[c]), Size(rows, extents), Size(columns, extents)])]
        );

    private static long Size(string letters, Dictionary<char, int> extents) => letters.Aggregate(1L, (product, c) => product * extents[c]);
}
