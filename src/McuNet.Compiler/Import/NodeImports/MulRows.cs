using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>
/// Products of two tensors of one shape, of a tensor and one value per channel, and of a tensor and a constant: a number is a table, one
/// value per channel a depthwise 1 x 1 convolution.
/// </summary>
internal static class MulRows
{
    public static void Mul(NodeImport node)
    {
        var constant =
            node.IsConstant(0) ? 0
            : node.IsConstant(1) ? 1
            : -1;
        node.Return(
            constant < 0
                ? Product(node, node.Activation(0), node.Activation(1), null)
                : Scaled(node, node.Activation(1 - constant), node.Constant(constant, "factor"), null)
        );
    }

    /// <summary>a, a scale, a zero, b, b scale, b zero, y scale, y zero.</summary>
    public static void QLinearMul(NodeImport node)
    {
        var result = QLinearRows.Parameters(node, 6);
        var constant =
            node.IsConstant(0) ? 0
            : node.IsConstant(3) ? 3
            : -1;
        if (constant < 0)
        {
            node.Return(Product(node, QLinearRows.Operand(node, 0).Input, QLinearRows.Operand(node, 3).Input, result));
            return;
        }

        var zeroPoint = node.Has(constant + 2) ? node.Constant(constant + 2, "zero point") : null;
        var factor = node.Constant(constant, "factor").Quantized(node.Constant(constant + 1, "scale"), zeroPoint, 0);
        node.Return(Scaled(node, QLinearRows.Operand(node, 3 - constant).Input, factor, result));
    }

    private static Activation Product(NodeImport node, Activation a, Activation b, QuantizationParameters? result)
    {
        (a, b) = node.Alike(node.Layout.Solid(a), node.Layout.Solid(b));
        if (a.Type.Shape != b.Type.Shape || a.Axes != b.Axes)
        {
            if (!IsPerChannel(a, b.Type.Shape.Elements, b.Dims))
                (a, b) = (b, a);
            if (!IsPerChannel(a, b.Type.Shape.Elements, b.Dims) || !b.Axes.IsStored)
                return OperandRows.Of(node, ElementFunction.Mul, a, b, result);
            b = node.Reshape(b, TensorShape.Vector(a.Type.Shape.Channels), b.Axes);
        }

        return node.Emit(new Mul(), a.Axes, result is null ? a.Type : a.Type with { Quantization = result }, a, b);
    }

    private static Activation Scaled(NodeImport node, Activation input, Constant factor, QuantizationParameters? result)
    {
        var type = result is null ? input.Type : input.Type with { Quantization = result };
        if (ConstantOperandRows.Number(node, factor, input, "factor") is { } number)
            return node.Emit(new Lookup { Function = new UnaryFunction.Scale(number) }, input.Axes, type, input) with
            {
                Padding = input.Padding,
            };
        input = node.Layout.Solid(input);
        if (!IsPerChannel(input, factor.Count, factor.Dims) || factor.Type is not (OnnxType.Int8 or OnnxType.UInt8))
            return OperandRows.WithConstant(node, ElementFunction.Mul, input, factor, first: true, result);
        var weights = (factor with { Shape = [1, 1, factor.Count], Axis = 2 }).ToWeights(2);
        var op = new DepthwiseConv2D
        {
            Weights = weights,
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
        };
        return node.Emit(op, input.Axes, type, input);
    }

    /// <summary>Whether a second operand, its dimensions aligned at the last one, runs over the channels of the first and over nothing
    /// else.</summary>
    public static bool IsPerChannel(Activation input, int count, ImmutableArray<int> dims)
    {
        var skipped = input.Axes.Rank - dims.Length;
        return skipped >= 0
            && count == input.Type.Shape.Channels
            && dims.Select((d, i) => d == 1 || input.Axes.Terms[skipped + i] == "C").All(fits => fits);
    }
}
