using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Sums, means, least and largest values over any dimensions.</summary>
internal static class ReduceRows
{
    public static void Max(NodeImport node) => Over(node, ReduceFunction.Max);

    public static void Mean(NodeImport node) => Over(node, ReduceFunction.Mean);

    public static void Min(NodeImport node) => Over(node, ReduceFunction.Min);

    public static void Sum(NodeImport node) => Over(node, ReduceFunction.Sum);

    /// <summary>No axes are all of them, unless the node says that they are none.</summary>
    private static void Over(NodeImport node, ReduceFunction function)
    {
        var value = node.Activation(0);
        var rank = value.Axes.Rank;
        var axes = node.Axes(1, rank) is { IsEmpty: false } given ? given : node.Int("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank)];
        var reduced = string.Concat(axes.Order().Select(a => value.Axes.Terms[a]));
        var keep = node.Int("keepdims", 1) != 0;
        var terms = value.Axes.Terms.Select((t, i) => axes.Contains(i) ? keep ? "" : null : t).OfType<string>().ToImmutableArray();
        Graph.Operator op = function == ReduceFunction.Mean && !reduced.Contains('C')
            ? new Mean { OverHeight = reduced.Contains('H'), OverWidth = reduced.Contains('W') }
            : new Reduce { Function = function, OverHeight = reduced.Contains('H'), OverWidth = reduced.Contains('W'), OverChannels = reduced.Contains('C') };
        node.Return(reduced.Length == 0
            ? value with { Axes = new(terms) }
            : node.Emit(op, new(terms), value.Type with { Shape = op.InferShape([value.Type.Shape]) }, value));
    }
}
