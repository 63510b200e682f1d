using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>The largest or least elements along an axis in order, and their numbers.</summary>
internal static class TopRows
{
    public static void TopK(NodeImport node)
    {
        var (value, kind) = (node.Activation(0), WholeNumbers.KindOf(node.Value(0)));
        var axis = node.Axis(node.Int("axis", -1), value.Axes.Rank);
        var count = node.Has(1) ? node.Constant(1, "k").Integer() : node.Int("k", 0);
        if (count < 1 || count > value.Dims[axis])
            throw node.Unsupported("k", count, $"Between 1 and the {value.Dims[axis]} elements of dimension {axis} can be chosen.");
        value = node.Layout.AsChannels(value, axis);
        var isLeast = node.Int("largest", 1) == 0;
        var axes = value.Axes with { Terms = value.Axes.Terms.SetItem(axis, count > 1 ? "C" : "") };
        if (node.IsNamed)
            node.Return(Emit(node, new TopK { Count = count, IsLeast = isLeast }), kind);
        if (node.OutputCount > 1 && node.ForOutput(1) is { IsNamed: true } numbers)
            numbers.Return(Emit(numbers, new TopIndices { Count = count, IsLeast = isLeast }), ValueKind.Number);

        Activation Emit(NodeImport place, Operator op) =>
            place.Emit(op, axes, value.Type with { Shape = op.InferShape([value.Type.Shape]) }, value);
    }
}
