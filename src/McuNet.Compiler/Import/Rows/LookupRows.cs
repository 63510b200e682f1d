using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.Rows;

/// <summary>Functions of one element, each a table in the network.</summary>
internal static class LookupRows
{
    /// <summary>Of integers the absolute value of the integer itself, which of -128 is -128 in eight bits.</summary>
    public static void Abs(NodeImport node) => Of(node, node.Padded(0).Type is { Quantization: { } q } type
        ? new UnaryFunction.OfStored(type.Element == ElementType.Int8 ? new UnaryFunction.WrappedAbs() : new UnaryFunction.Abs(), q.Scale, q.ZeroPoint)
        : new UnaryFunction.Abs());

    public static void Elu(NodeImport node) => Of(node, new UnaryFunction.Elu(node.Float("alpha", 1)));

    public static void HardSigmoid(NodeImport node) => Of(node, new UnaryFunction.HardSigmoid(node.Float("alpha", 0.2f), node.Float("beta", 0.5f)));

    public static void HardSwish(NodeImport node) => Of(node, new UnaryFunction.HardSwish());

    public static void LeakyRelu(NodeImport node) => Of(node, new UnaryFunction.LeakyRelu(node.Float("alpha", 0.01f)));

    public static void Sigmoid(NodeImport node) => Of(node, new UnaryFunction.Sigmoid());

    public static void Softplus(NodeImport node) => Of(node, new UnaryFunction.Softplus());

    public static void Softsign(NodeImport node) => Of(node, new UnaryFunction.Softsign());

    public static void Tanh(NodeImport node) => Of(node, new UnaryFunction.Tanh());

    /// <summary>x, x scale, x zero, y scale, y zero.</summary>
    public static void QLinearLeakyRelu(NodeImport node) => Quantized(node, new UnaryFunction.LeakyRelu(node.Float("alpha", 0.01f)));

    public static void QLinearSigmoid(NodeImport node) => Quantized(node, new UnaryFunction.Sigmoid());

    private static void Of(NodeImport node, UnaryFunction function)
    {
        var input = Operand(node, function);
        node.Return(node.Emit(new Lookup { Function = function }, input.Axes, input.Type, input) with { Padding = input.Padding });
    }

    private static void Quantized(NodeImport node, UnaryFunction function)
    {
        var input = Operand(node, function);
        QuantizationRows.RequireSame(node, input, QLinearRows.Parameters(node, 1), QLinearRows.Optional(node, 2));
        var type = input.Type with { Quantization = QLinearRows.Parameters(node, 3) };
        node.Return(node.Emit(new Lookup { Function = function }, input.Axes, type, input) with { Padding = input.Padding });
    }

    private static Activation Operand(NodeImport node, UnaryFunction function)
    {
        var input = node.Padded(0);
        return input.Padding.IsNone || function.At(0) == 0 ? input : throw node.PaddingLeft(input, $"{node.Kind} would change the padded zeros.");
    }
}
