using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>
/// Sums, differences, quotients, powers and limits: with one number a table or a limit, a sum with a number for each channel a depthwise 1
/// x 1 convolution whose bias it is, all others functions of two operands.
/// </summary>
internal static class ConstantOperandRows
{
    /// <summary>A weight of one, in steps so fine that a bias in units of them is within 1/128 of an input step.</summary>
    private const sbyte One = 64;

    public static void Add(NodeImport node)
    {
        if (Constant(node) is not var (constant, at))
            ElementwiseRows.Add(node);
        else if (Number(node, constant, 1 - at) is { } number)
            LookupRows.Of(node, new UnaryFunction.Shift(number), 1 - at);
        else
            node.Return(Biased(node, constant, 1 - at, 1) ?? OperandRows.Of(node, ElementFunction.Add));
    }

    public static void Sub(NodeImport node)
    {
        if (Constant(node) is not var (constant, at))
            node.Return(OperandRows.Of(node, ElementFunction.Sub));
        else if (Number(node, constant, 1 - at) is { } number)
            LookupRows.Of(node, at == 1 ? new UnaryFunction.Shift(-number) : new UnaryFunction.Difference(number), 1 - at);
        else
            node.Return((at == 1 ? Biased(node, constant, 0, -1) : null) ?? OperandRows.Of(node, ElementFunction.Sub));
    }

    public static void Div(NodeImport node)
    {
        if (WholeNumbers.KindOf(node.Value(0)) == ValueKind.Number)
            node.Return(LookupRows.Emit(node, new UnaryFunction.Truncate(), OperandRows.Of(node.Step("quotient"), ElementFunction.Div)));
        else if (Constant(node) is not var (constant, at) || Number(node, constant, 1 - at) is not { } number)
            node.Return(OperandRows.Of(node, ElementFunction.Div));
        else if (at == 1 && number == 0)
            throw node.Unsupported("divisor", number, "It must not be 0.");
        else
            LookupRows.Of(node, at == 1 ? new UnaryFunction.Fraction(number) : new UnaryFunction.Quotient(number), 1 - at);
    }

    /// <summary>With one number as exponent a table, else a function of two operands.</summary>
    public static void Pow(NodeImport node)
    {
        if (node.IsConstant(1) && Number(node, node.Constant(1, "exponent"), 0) is { } exponent)
            LookupRows.Of(node, new UnaryFunction.Power(exponent));
        else
            node.Return(OperandRows.Of(node, ElementFunction.Pow));
    }

    /// <summary>Of real numbers with the sign of the first, of whole numbers mostly with that of the second.</summary>
    public static void Mod(NodeImport node)
    {
        if (node.Int("fmod", 0) != 1 && WholeNumbers.KindOf(node.Value(0)) == ValueKind.Number)
        {
            node.Instead(OfDivisor);
            return;
        }

        if (node.Int("fmod", 0) != 1)
            throw node.Unsupported("fmod", node.Int("fmod", 0), "ONNX defines real numbers with 1 only.");
        node.Return(OperandRows.Of(node, ElementFunction.Mod));
    }

    /// <summary>The remainder of the remainder and the divisor.</summary>
    private static void OfDivisor(Expansion write)
    {
        var ofDividend = Onnx.OnnxAttribute.Of("fmod", 1);
        var remainder = write.Add("Mod", [write.Input(0), write.Input(1)], ofDividend);
        write.Return(write.Add("Mod", [write.Add("Add", [remainder, write.Input(1)]), write.Input(1)], ofDividend));
    }

    public static void Max(NodeImport node) => Limit(node, ElementFunction.Max, n => new Clamp(n, float.PositiveInfinity));

    public static void Min(NodeImport node) => Limit(node, ElementFunction.Min, n => new Clamp(float.NegativeInfinity, n));

    private static void Limit(NodeImport node, ElementFunction function, System.Func<float, Clamp> clamp)
    {
        if (node.InputCount != 2)
            node.Return(OperandRows.Chain(node, function));
        else if (Constant(node) is var (constant, at) && Number(node, constant, 1 - at) is { } number)
            ElementwiseRows.Limit(node, clamp(number), 1 - at);
        else
            node.Return(OperandRows.Of(node, function));
    }

    /// <summary>The constant operand of two; null where both are activations.</summary>
    private static (Constant Constant, int At)? Constant(NodeImport node) =>
        node.IsConstant(1) ? (node.Constant(1, "constant"), 1)
        : node.IsConstant(0) ? (node.Constant(0, "constant"), 0)
        : null;

    private static float? Number(NodeImport node, Constant constant, int activation) => Number(node, constant, node.Padded(activation));

    /// <summary>The number that a constant is, which must not add dimensions to the other operand; null where it is several.</summary>
    /// <param name="role">What messages call it.</param>
    public static float? Number(NodeImport node, Constant constant, Activation operand, string role = "constant")
    {
        if (constant.Count != 1 || constant.Shape.Length > operand.Axes.Rank)
            return null;
        var number = constant.Numbers()[0];
        return float.IsFinite(number) ? number : throw node.Unsupported(role, number, "It must be finite.");
    }

    /// <summary>Null where the constant is not one number for each channel.</summary>
    private static Activation? Biased(NodeImport node, Constant constant, int activation, int sign)
    {
        var input = node.Activation(activation);
        var channels = input.Type.Shape.Channels;
        if (!MulRows.IsPerChannel(input, constant.Count, constant.Dims))
            return null;
        var values = constant.Numbers().Select(v => sign * v).ToArray();
        if (values.Any(v => !float.IsFinite(v)))
            throw node.Unsupported("constant", values.First(v => !float.IsFinite(v)), "It must be finite.");
        return node.Emit(
            new DepthwiseConv2D
            {
                Weights = new([1, 1, channels], ElementType.Int8, [.. Enumerable.Repeat((byte)One, channels)], [1f / One], [0]),
                Bias = new([channels], ElementType.Float32, [.. MemoryMarshal.AsBytes<float>(values)], [1], [0]),
                Window = new() { KernelHeight = 1, KernelWidth = 1 },
            },
            input.Axes,
            input.Type,
            input
        );
    }
}
