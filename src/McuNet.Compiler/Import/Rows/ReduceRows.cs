using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Sums, means, least and largest values over any dimensions, and functions of such sums.</summary>
internal static class ReduceRows
{
    public static void L1(NodeImport node) => node.Return(Over(node, LookupRows.Emit(node.Step("abs"), new UnaryFunction.Abs(), node.Activation(0)), ReduceFunction.Sum));

    public static void L2(NodeImport node) => node.Return(LookupRows.Emit(node, new UnaryFunction.Sqrt(), Over(node.Step("sum"), Squares(node), ReduceFunction.Sum)));

    public static void LogSum(NodeImport node) => node.Return(LookupRows.Emit(node, new UnaryFunction.Log(), Over(node.Step("sum"), node.Activation(0), ReduceFunction.Sum)));

    /// <summary>Below the largest value, so that no exponential overflows.</summary>
    public static void LogSumExp(NodeImport node)
    {
        var value = node.Activation(0);
        var largest = Over(node.Step("largest"), value, ReduceFunction.Max, keep: true);
        var below = OperandRows.Of(node.Step("below"), ElementFunction.Sub, value, largest, null);
        var sum = Over(node.Step("sum"), LookupRows.Emit(node.Step("exp"), new UnaryFunction.Exp(), below), ReduceFunction.Sum);
        largest = largest with { Axes = sum.Axes };
        node.Return(OperandRows.Of(node, ElementFunction.Add, LookupRows.Emit(node.Step("log"), new UnaryFunction.Log(), sum), largest, null));
    }

    public static void Max(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Max));

    public static void Mean(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Mean));

    public static void Min(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Min));

    public static void Sum(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Sum));

    public static void SumSquare(NodeImport node) => node.Return(Over(node, Squares(node), ReduceFunction.Sum));

    private static Activation Squares(NodeImport node) => LookupRows.Emit(node.Step("square"), new UnaryFunction.Power(2), node.Activation(0));

    /// <summary>No axes are all of them, unless the node says that they are none.</summary>
    /// <param name="keep">Whether reduced dimensions stay as dimensions of one, whatever the node says.</param>
    private static Activation Over(NodeImport node, Activation value, ReduceFunction function, bool keep = false)
    {
        var rank = value.Axes.Rank;
        var axes = node.Axes(1, rank) is { IsEmpty: false } given ? given : node.Int("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank)];
        var reduced = string.Concat(axes.Order().Select(a => value.Axes.Terms[a]));
        keep |= node.Int("keepdims", 1) != 0;
        var terms = value.Axes.Terms.Select((t, i) => axes.Contains(i) ? keep ? "" : null : t).OfType<string>().ToImmutableArray();
        Graph.Operator op = function == ReduceFunction.Mean && !reduced.Contains('C')
            ? new Mean { OverHeight = reduced.Contains('H'), OverWidth = reduced.Contains('W') }
            : new Reduce { Function = function, OverHeight = reduced.Contains('H'), OverWidth = reduced.Contains('W'), OverChannels = reduced.Contains('C') };
        return reduced.Length == 0
            ? value with { Axes = new(terms) }
            : node.Emit(op, new(terms), value.Type with { Shape = op.InferShape([value.Type.Shape]) }, value);
    }
}
