using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Functions of one element, each a table in the network.</summary>
internal static class LookupRows
{
    /// <summary>Of integers the absolute value of the integer itself, which of -128 is -128 in eight bits.</summary>
    public static void Abs(NodeImport node) =>
        Of(
            node,
            node.Padded(0).Type is { Quantization: { } q } type
                ? new UnaryFunction.OfStored(
                    type.Element == ElementType.Int8 ? new UnaryFunction.WrappedAbs() : new UnaryFunction.Abs(),
                    q.Scale,
                    q.ZeroPoint
                )
                : new UnaryFunction.Abs()
        );

    public static void Elu(NodeImport node) => Of(node, new UnaryFunction.Elu(node.Float("alpha", 1)));

    public static void HardSigmoid(NodeImport node) =>
        Of(node, new UnaryFunction.HardSigmoid(node.Float("alpha", 0.2f), node.Float("beta", 0.5f)));

    public static void HardSwish(NodeImport node) => Of(node, new UnaryFunction.HardSwish());

    public static void LeakyRelu(NodeImport node) => Of(node, new UnaryFunction.LeakyRelu(node.Float("alpha", 0.01f)));

    public static void Ceil(NodeImport node) => Of(node, new UnaryFunction.Ceil());

    public static void Celu(NodeImport node) => Of(node, new UnaryFunction.Celu(node.Float("alpha", 1)));

    public static void Erf(NodeImport node) => Of(node, new UnaryFunction.Erf());

    public static void Exp(NodeImport node) => Of(node, new UnaryFunction.Exp());

    public static void Floor(NodeImport node) => Of(node, new UnaryFunction.Floor());

    public static void Gelu(NodeImport node) =>
        Of(
            node,
            new UnaryFunction.Gelu(
                node.Text("approximate", "none") switch
                {
                    "none" => false,
                    "tanh" => true,
                    var other => throw node.Unsupported("approximate", other, "It is none or tanh."),
                }
            )
        );

    public static void Log(NodeImport node) => Of(node, new UnaryFunction.Log());

    public static void Mish(NodeImport node) => Of(node, new UnaryFunction.Mish());

    public static void Neg(NodeImport node) => Of(node, new UnaryFunction.Scale(-1));

    public static void Reciprocal(NodeImport node) => Of(node, new UnaryFunction.Quotient(1));

    public static void Round(NodeImport node) => Of(node, new UnaryFunction.Round());

    public static void Selu(NodeImport node) =>
        Of(node, new UnaryFunction.Selu(node.Float("alpha", 1.67326319f), node.Float("gamma", 1.05070102f)));

    public static void Sqrt(NodeImport node) => Of(node, new UnaryFunction.Sqrt());

    public static void ThresholdedRelu(NodeImport node) => Of(node, new UnaryFunction.ThresholdedRelu(node.Float("alpha", 1)));

    public static void Shrink(NodeImport node) => Of(node, new UnaryFunction.Shrink(node.Float("lambd", 0.5f), node.Float("bias", 0)));

    public static void Sigmoid(NodeImport node) => Of(node, new UnaryFunction.Sigmoid());

    public static void Softplus(NodeImport node) => Of(node, new UnaryFunction.Softplus());

    public static void Softsign(NodeImport node) => Of(node, new UnaryFunction.Softsign());

    public static void Tanh(NodeImport node) => Of(node, new UnaryFunction.Tanh());

    public static void Acos(NodeImport node) => Of(node, new UnaryFunction.Acos());

    public static void Acosh(NodeImport node) => Of(node, new UnaryFunction.Acosh());

    public static void Asin(NodeImport node) => Of(node, new UnaryFunction.Asin());

    public static void Asinh(NodeImport node) => Of(node, new UnaryFunction.Asinh());

    public static void Atan(NodeImport node) => Of(node, new UnaryFunction.Atan());

    public static void Atanh(NodeImport node) => Of(node, new UnaryFunction.Atanh());

    public static void Cos(NodeImport node) => Of(node, new UnaryFunction.Cos());

    public static void Cosh(NodeImport node) => Of(node, new UnaryFunction.Cosh());

    public static void Sign(NodeImport node) => Of(node, new UnaryFunction.Sign());

    public static void Sin(NodeImport node) => Of(node, new UnaryFunction.Sin());

    public static void Sinh(NodeImport node) => Of(node, new UnaryFunction.Sinh());

    public static void Tan(NodeImport node) => Of(node, new UnaryFunction.Tan());

    /// <summary>x, x scale, x zero, y scale, y zero.</summary>
    public static void QLinearLeakyRelu(NodeImport node) => Quantized(node, new UnaryFunction.LeakyRelu(node.Float("alpha", 0.01f)));

    public static void QLinearSigmoid(NodeImport node) => Quantized(node, new UnaryFunction.Sigmoid());

    /// <summary>The function of an operand.</summary>
    public static void Of(NodeImport node, UnaryFunction function, int operand = 0)
    {
        var input = Operand(node, function, operand);
        node.Return(node.Emit(new Lookup { Function = function }, input.Axes, input.Type, input) with { Padding = input.Padding });
    }

    /// <summary>The function of a value that the node has made.</summary>
    public static Activation Emit(NodeImport node, UnaryFunction function, Activation input) =>
        node.Emit(new Lookup { Function = function }, input.Axes, input.Type, input);

    private static void Quantized(NodeImport node, UnaryFunction function)
    {
        var input = Operand(node, function);
        QuantizationRows.RequireSame(node, input, QLinearRows.Parameters(node, 1), QLinearRows.Optional(node, 2));
        var type = input.Type with { Quantization = QLinearRows.Parameters(node, 3) };
        node.Return(node.Emit(new Lookup { Function = function }, input.Axes, type, input) with { Padding = input.Padding });
    }

    private static Activation Operand(NodeImport node, UnaryFunction function, int operand = 0)
    {
        var input = node.Padded(operand);
        return input.Padding.IsNone || function.At(0) == 0 ? input : node.Activation(operand);
    }
}
