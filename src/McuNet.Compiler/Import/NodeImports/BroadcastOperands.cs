using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import.Folding;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>
/// Several operands of an operator that takes no constants, whose dimensions, aligned at the last one, are equal or one: each with its
/// dimensions on the axes of the first one's that has those of the result. Constants become tensors.
/// </summary>
internal static class BroadcastOperands
{
    /// <summary>The first <paramref name="count"/> operands as real numbers, and the axes of the result's dimensions.</summary>
    public static (ImmutableArray<Activation> Operands, AxisOrder Axes) Of(NodeImport node, int count)
    {
        ImmutableArray<int> dims = [];
        for (var i = 0; i < count; i++)
            dims = FoldArithmetic.Broadcast(node, dims, node.Value(i).Dims);
        var given = Enumerable.Range(0, count).Select(i => node.IsConstant(i) ? null : Ranked(node.Activation(i), dims.Length)).ToArray();
        var activations = given.OfType<Activation>().ToArray();
        if (activations.Length == 0)
            throw node.Unsupported("operands", "constants", "One of them must be no constant.");
        var largest = activations.MaxBy(a => a.Type.Shape.Elements)!;
        var wide = SelectRows.Expanded(node, largest, dims);
        var leader = wide.Axes.Layout(wide.Type.Shape) is null ? node.Layout.InOnnxOrder(wide) : node.Layout.Solid(wide);
        ImmutableArray<Activation> operands =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    given[i] is not { } value ? Known(node, leader, node.Constant(i, $"operand {i}"))
                    : ReferenceEquals(value, largest) ? leader
                    : Fit(node, leader, value)
                ),
        ];
        return (operands, leader.Axes);
    }

    /// <summary>A constant as real numbers with its dimensions on the axes of a tensor.</summary>
    public static Activation Known(NodeImport node, Activation leader, Constant constant)
    {
        var (terms, map) = OperandRows.Placed(node, leader, constant, isLimited: false);
        var (shape, name) = (new TensorShape(map.Dims[0], map.Dims[1], map.Dims[2]), constant.Name);
        var type =
            map.Element == ElementType.Float32
                ? new TensorType(shape, ElementType.Float32)
                : new(shape, ElementType.Int8, new(map.Scales[0], map.ZeroPoints[0]));
        var axes = leader.Axes.Parts.IsEmpty ? new AxisOrder(terms) : leader.Axes;
        return node.Step(ShownText.Name(name)).Reals(Emit(node.Step(ShownText.Name(name)), axes, type, map.Data));
    }

    private static Activation Emit(NodeImport node, AxisOrder axes, TensorType type, ImmutableArray<byte> data) =>
        node.Emit(new Known { Data = data, Shape = type.Shape }, axes, type);

    private static Activation Ranked(Activation value, int rank) =>
        value with
        {
            Axes = value.Axes with { Terms = [.. Enumerable.Repeat("", rank - value.Axes.Rank), .. value.Axes.Terms] },
        };

    /// <summary>With the dimensions of the leader on its axes, of one element where the value has one.</summary>
    private static Activation Fit(NodeImport node, Activation leader, Activation value)
    {
        if (!value.Dims.SequenceEqual(leader.Dims) && leader.Axes.Parts.IsEmpty)
        {
            var whole = value.Axes.Parts.IsEmpty ? node.Layout.Solid(value) : node.Layout.InOnnxOrder(value);
            if (OperandRows.Aligned(node, leader, whole) is { } aligned)
                return aligned;
        }

        value = SelectRows.Expanded(node, value, leader.Dims);
        return leader.Axes.Layout(leader.Type.Shape) is { } axes ? node.Arrange(value, axes) : node.Layout.InOnnxOrder(value);
    }
}
