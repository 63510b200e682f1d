using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Comparisons, and what is made of truth values: functions of real numbers that give 1 and 0.</summary>
internal static class LogicRows
{
    public static void Equal(NodeImport node) => Of(node, ElementFunction.Equal);

    public static void Less(NodeImport node) => Of(node, ElementFunction.Less);

    public static void LessOrEqual(NodeImport node) => Of(node, ElementFunction.LessOrEqual);

    public static void Greater(NodeImport node) => Of(node, ElementFunction.Greater);

    public static void GreaterOrEqual(NodeImport node) => Of(node, ElementFunction.GreaterOrEqual);

    public static void And(NodeImport node) => Of(node, ElementFunction.Min);

    public static void Or(NodeImport node) => Of(node, ElementFunction.Max);

    public static void Xor(NodeImport node) => Of(node, ElementFunction.NotEqual);

    public static void Not(NodeImport node) =>
        Return(node, LookupRows.Emit(node.Step("real"), new UnaryFunction.Difference(1), node.Activation(0)));

    /// <summary>What is no number differs from itself.</summary>
    public static void IsNotANumber(NodeImport node)
    {
        var value = node.Activation(0);
        Return(node, node.Step("real").Emit(new Elementwise { Function = ElementFunction.NotEqual }, value.Axes, value.Type, value, value));
    }

    /// <summary>Numbers as truth values.</summary>
    public static void IsNotZero(NodeImport node)
    {
        var value = node.Reals(node.Activation(0));
        var zero = new Constant("zero", [], OnnxType.Float, new byte[sizeof(float)], [], [], 0);
        Return(node, OperandRows.WithConstant(node.Step("real"), ElementFunction.NotEqual, value, zero, first: false));
    }

    /// <summary>The second operand where the first is true, else the third.</summary>
    public static void Where(NodeImport node)
    {
        var kind = WholeNumbers.KindOf(node.Value(node.IsConstant(1) ? 2 : 1));
        if (node.IsConstant(0) && node.Constant(0, "condition").Truths() is var truths && truths.Distinct().Count() == 1)
        {
            var (chosen, other) = truths[0] ? (1, 2) : (2, 1);
            var dims = Folding.FoldArithmetic.Broadcast(
                node,
                node.Value(chosen).Dims,
                Folding.FoldArithmetic.Broadcast(node, node.Value(other).Dims, node.Value(0).Dims)
            );
            if (node.Value(chosen).Dims.SequenceEqual(dims))
            {
                node.Return(node.Value(chosen), kind);
                return;
            }
        }

        var (operands, axes) = BroadcastOperands.Of(node, 3);
        var shape = new Where().InferShape([.. operands.Select(o => o.Type.Shape)]);
        node.Return(node.Emit(new Where(), axes, operands[1].Type with { Shape = shape }, operands), kind);
    }

    private static void Of(NodeImport node, ElementFunction function) => Return(node, OperandRows.Of(node.Step("real"), function));

    private static void Return(NodeImport node, Activation real) => node.Return(WholeNumbers.Truths(node, real), ValueKind.Truth);
}
