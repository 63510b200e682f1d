using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Sums, means, products, least and largest values over any dimensions, and functions of such sums.</summary>
internal static class ReduceRows
{
    public static void L1(NodeImport node) =>
        node.Return(Over(node, LookupRows.Emit(node.Step("abs"), new UnaryFunction.Abs(), node.Activation(0)), ReduceFunction.Sum));

    public static void L2(NodeImport node) =>
        node.Return(LookupRows.Emit(node, new UnaryFunction.Sqrt(), Over(node.Step("sum"), Squares(node), ReduceFunction.Sum)));

    public static void LogSum(NodeImport node) =>
        node.Return(LookupRows.Emit(node, new UnaryFunction.Log(), Over(node.Step("sum"), node.Activation(0), ReduceFunction.Sum)));

    /// <summary>Below the largest value, so that no exponential overflows.</summary>
    public static void LogSumExp(NodeImport node)
    {
        var value = Whole(node, node.Activation(0), AxesOf(node, node.Activation(0).Axes.Rank));
        var largest = Over(node.Step("largest"), value, ReduceFunction.Max, keep: true);
        var below = node.Step("below").Emit(new Elementwise { Function = ElementFunction.Sub }, value.Axes, value.Type, value, largest);
        var sum = Over(node.Step("sum"), LookupRows.Emit(node.Step("exp"), new UnaryFunction.Exp(), below), ReduceFunction.Sum);
        var logarithm = LookupRows.Emit(node.Step("log"), new UnaryFunction.Log(), sum);
        node.Return(node.Emit(new Elementwise { Function = ElementFunction.Add }, sum.Axes, sum.Type, logarithm, largest));
    }

    public static void Max(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Max));

    public static void Mean(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Mean));

    public static void Min(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Min));

    public static void Product(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Prod));

    public static void Sum(NodeImport node) => node.Return(Over(node, node.Activation(0), ReduceFunction.Sum));

    public static void SumSquare(NodeImport node) => node.Return(Over(node, Squares(node), ReduceFunction.Sum));

    private static Activation Squares(NodeImport node) =>
        LookupRows.Emit(node.Step("square"), new UnaryFunction.Power(2), node.Activation(0));

    /// <summary>No axes are all of them, unless the node says that they are none.</summary>
    private static ImmutableArray<int> AxesOf(NodeImport node, int rank) =>
        node.Axes(1, rank) is { IsEmpty: false } given ? [.. given.Order()]
        : node.Int("noop_with_empty_axes", 0) != 0 ? []
        : [.. Enumerable.Range(0, rank)];

    /// <summary>With dimensions that are reduced on axes of their own: on the channels, where one of them is a part of an axis.</summary>
    private static Activation Whole(NodeImport node, Activation value, ImmutableArray<int> axes)
    {
        var order = value.Axes;
        return axes.Any(a => order.Terms[a].Any(letter => !AxisOrder.IsAxis(letter)))
            ? node.Layout.Grouped(value, [.. Enumerable.Range(0, order.Rank).Except(axes)], [], axes)
            : value;
    }

    /// <param name="keep">Whether reduced dimensions stay as dimensions of one, whatever the node says.</param>
    private static Activation Over(NodeImport node, Activation given, ReduceFunction function, bool keep = false)
    {
        var axes = AxesOf(node, given.Axes.Rank);
        var value = Whole(node, given, axes);
        var reduced = string.Concat(axes.Select(a => value.Axes.Terms[a]));
        if (reduced.Any(letter => !AxisOrder.IsAxis(letter)))
            reduced = "C";
        var remaining = value.Axes.Without(axes, keep || node.Int("keepdims", 1) != 0);
        Graph.Operator op =
            function == ReduceFunction.Mean && !reduced.Contains('C')
                ? new Mean { OverHeight = reduced.Contains('H'), OverWidth = reduced.Contains('W') }
                : new Reduce
                {
                    Function = function,
                    OverHeight = reduced.Contains('H'),
                    OverWidth = reduced.Contains('W'),
                    OverChannels = reduced.Contains('C'),
                };
        return reduced.Length == 0
            ? value with
            {
                Axes = remaining,
            }
            : node.Emit(op, remaining, value.Type with { Shape = op.InferShape([value.Type.Shape]) }, value);
    }
}
