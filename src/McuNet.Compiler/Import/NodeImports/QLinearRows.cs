using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Operators on quantised values that carry all scales and zero points as operands.</summary>
internal static class QLinearRows
{
    /// <summary>x, x scale, x zero, w, w scale, w zero, y scale, y zero, bias.</summary>
    public static void Conv(NodeImport node)
    {
        var (input, from) = Operand(node, 0);
        var weights = node.Constant(3, "weights").Quantized(node.Constant(4, "weight scale"), Optional(node, 5), 0);
        node.Return(LinearRows.Convolve(node, input, weights, Bias(node, 8, from, weights), Parameters(node, 6)));
    }

    /// <summary>a, a scale, a zero, b, b scale, b zero, y scale, y zero.</summary>
    public static void MatMul(NodeImport node)
    {
        var (input, _) = Operand(node, 0);
        if (!node.IsConstant(3))
        {
            node.Return(ProductRows.MatMul(node, input, Operand(node, 3).Input, Parameters(node, 6)));
            return;
        }

        var weights = node.Constant(3, "weights").Quantized(node.Constant(4, "weight scale"), Optional(node, 5), 1);
        node.Return(LinearRows.Multiply(node, input, weights, Parameters(node, 6)));
    }

    /// <summary>a, a scale, a zero, b, b scale, b zero, bias, y scale, y zero.</summary>
    public static void Gemm(NodeImport node)
    {
        if (node.Int("transA", 0) != 0 || node.Float("alpha", 1) != 1)
            throw node.Unsupported("transA, alpha", $"{node.Int("transA", 0)}, {node.Float("alpha", 1)}", "Only 0 and 1 are supported.");
        var (input, from) = Operand(node, 0);
        var isTransposed = node.Int("transB", 0) != 0;
        var weights = node.Constant(3, "weights").Quantized(node.Constant(4, "weight scale"), Optional(node, 5), isTransposed ? 0 : 1);
        var rows = isTransposed ? weights : LinearRows.Transposed(node, weights);
        node.Return(LinearRows.Connect(node, input, rows, Bias(node, 6, from, weights), Parameters(node, 7)));
    }

    /// <summary>a, a scale, a zero, b, b scale, b zero, c scale, c zero.</summary>
    public static void Add(NodeImport node)
    {
        if (node.IsConstant(0) || node.IsConstant(3))
        {
            node.Instead(AddConstant);
            return;
        }

        var ((a, _), (b, _)) = (Operand(node, 0), Operand(node, 3));
        node.Return(
            a.Type.Shape == b.Type.Shape && a.Axes == b.Axes
                ? node.Emit(
                    new Add { Rounding = AddRounding.WithZeroPoint },
                    a.Axes,
                    a.Type with
                    {
                        Quantization = Parameters(node, 6),
                    },
                    a,
                    b
                )
                : OperandRows.Of(node, ElementFunction.Add, a, b, Parameters(node, 6))
        );
    }

    private static void AddConstant(Expansion node)
    {
        var (a, b) = (Real(0), Real(3));
        node.Return(node.Add("QuantizeLinear", [node.Add("Add", [a, b]), node.Input(6), node.Input(7)]));

        string Real(int at) => node.Add("DequantizeLinear", [node.Input(at), node.Input(at + 1), node.Input(at + 2)]);
    }

    /// <summary>x, x scale, x zero, y scale, y zero.</summary>
    public static void AveragePool(NodeImport node)
    {
        Operand(node, 0);
        node.Return(PoolRows.Average(node, Parameters(node, 3)));
    }

    public static void GlobalAveragePool(NodeImport node)
    {
        Operand(node, 0);
        node.Return(PoolRows.GlobalAverage(node, Parameters(node, 3)));
    }

    public static void Softmax(NodeImport node)
    {
        Operand(node, 0);
        node.Return(SoftmaxRows.Over(node, new Softmax(), Parameters(node, 3)));
    }

    internal static (Activation Input, QuantizationParameters Quantization) Operand(NodeImport node, int index)
    {
        var input = node.Padded(index);
        QuantizationRows.RequireSame(node, input, Parameters(node, index + 1), Optional(node, index + 2));
        return (input, input.Type.Quantization!);
    }

    internal static QuantizationParameters Parameters(NodeImport node, int index) =>
        QuantizationOperands.Of(node.Constant(index, "scale"), Optional(node, index + 1));

    internal static Constant? Optional(NodeImport node, int index) => node.Has(index) ? node.Constant(index, "zero point") : null;

    /// <summary>A bias is int32 in units of input scale x weight scale.</summary>
    private static Constant? Bias(NodeImport node, int index, QuantizationParameters input, Constant weights) =>
        node.Has(index)
            ? node.Constant(index, "bias") with
            {
                Scales = [.. weights.Scales.Select(w => input.Scale * w)],
                ZeroPoints = [0],
            }
            : null;
}
