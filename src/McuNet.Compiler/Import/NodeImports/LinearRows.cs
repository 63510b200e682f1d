using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import.NodeImports;

/// <summary>Convolutions and fully connected layers on real values.</summary>
internal static class LinearRows
{
    public static void Conv(NodeImport node)
    {
        var bias = node.Has(2) ? node.Constant(2, "bias") : null;
        node.Return(Convolve(node, node.Padded(0), node.Constant(1, "weights"), bias, null));
    }

    public static void Gemm(NodeImport node)
    {
        var input = Matrix(node, 0, "transA");
        if (node.IsConstant(1))
        {
            var weights = Times(node, node.Constant(1, "weights"), "alpha");
            weights = node.Int("transB", 0) != 0 ? Transposed(node, weights) : weights;
            if (
                !node.Has(2)
                || (node.IsConstant(2) && node.Constant(2, "bias") is var given && (given.Count == 1 || given.Count == given.Shape[^1]))
            )
                node.Return(Multiply(node, input, weights, null, node.Has(2) ? Times(node, node.Constant(2, "bias"), "beta") : null));
            else
                node.Return(Sum(node, Multiply(node.Step("product"), input, weights, null)));
            return;
        }

        var (plain, alpha) = (!node.Has(2), node.Float("alpha", 1));
        var product = ProductRows.MatMul(plain && alpha == 1 ? node : node.Step("product"), input, Matrix(node, 1, "transB"), null);
        if (alpha != 1)
            product = LookupRows.Emit(plain ? node : node.Step("scaled"), new UnaryFunction.Scale(alpha), product);
        node.Return(plain ? product : Sum(node, product));
    }

    /// <summary>A product and beta times operand 2, an activation or a constant that is no bias of one number for each channel.</summary>
    private static Activation Sum(NodeImport node, Activation product)
    {
        if (node.IsConstant(2))
            return OperandRows.WithConstant(
                node,
                ElementFunction.Add,
                product,
                Times(node, node.Constant(2, "bias"), "beta"),
                first: false
            );
        var (addend, beta) = (node.Activation(2), node.Float("beta", 1));
        return ElementwiseRows.Added(
            node,
            product,
            beta == 1 ? addend : LookupRows.Emit(node.Step("addend"), new UnaryFunction.Scale(beta), addend)
        );
    }

    /// <summary>An activation of two dimensions, swapped where an attribute says so.</summary>
    private static Activation Matrix(NodeImport node, int operand, string transposed)
    {
        var value = node.Activation(operand);
        if (value.Axes.Rank != 2)
            throw node.BadDims(value, "it takes matrices, of two dimensions.");
        return node.Int(transposed, 0) == 0 ? value : value with { Axes = value.Axes.Permuted([1, 0]) };
    }

    /// <summary>A constant times an attribute.</summary>
    private static Constant Times(NodeImport node, Constant constant, string attribute)
    {
        var factor = node.Float(attribute, 1);
        return factor == 1 ? constant
            : factor > 0 ? constant.Times(factor)
            : throw node.Unsupported(attribute, factor, "It must be positive; fold it into the weights.");
    }

    public static void MatMul(NodeImport node)
    {
        if (node.IsConstant(1))
            node.Return(Multiply(node, node.Activation(0), AsMatrix(node.Constant(1, "weights")), null));
        else if (node.IsConstant(0))
            node.Return(
                Swapped(Multiply(node, Swapped(node, node.Activation(1)), Transposed(node, AsMatrix(node.Constant(0, "weights"))), null))
            );
        else
            node.Return(ProductRows.MatMul(node, node.Activation(0), node.Activation(1), null));
    }

    /// <summary>Weights without leading dimensions of one.</summary>
    private static Constant AsMatrix(Constant weights) =>
        weights.Shape.Length > 2 && weights.Shape.SkipLast(2).All(d => d == 1) ? weights.Reshaped([.. weights.Shape.TakeLast(2)]) : weights;

    private static Activation Swapped(NodeImport node, Activation value) =>
        value.Axes.Rank >= 2 ? Swapped(value) : throw node.BadDims(value, "it must have two dimensions.");

    /// <summary>The last two dimensions in the other order.</summary>
    private static Activation Swapped(Activation value)
    {
        var rank = value.Axes.Rank;
        return value with { Axes = value.Axes.Permuted([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]) };
    }

    /// <summary>A convolution by constant weights [C_out, C_in / group, kernel…].</summary>
    /// <param name="output">Quantisation of the result where the operator states it.</param>
    public static Activation Convolve(NodeImport node, Activation padded, Constant weights, Constant? bias, QuantizationParameters? output)
    {
        var axes = Windows.Axes(node, padded);
        var padding = padded.Padding;
        var input = node.Arrange(padded, axes) with { Padding = default };
        var shape = input.Type.Shape;
        if (weights.Shape.Length != axes.Length)
            throw node.BadDims(weights, $"weights of {node.Kind} must have {axes.Length} dimensions here.");
        var kernel = weights.Shape.RemoveRange(0, 2);
        if (weights.Shape.Contains(0))
            throw node.BadDims(weights, "a dimension of 0 leaves no weights.");
        if (node.Ints("kernel_shape") is { IsEmpty: false } stated && !stated.SequenceEqual(kernel))
            throw node.Unsupported("kernel_shape", string.Join(", ", stated), $"The weights have [{string.Join(", ", weights.Shape)}].");
        var window = Windows.Extended(Windows.Of(node, kernel, padding.Padded(shape)), padding);
        var (channels, group) = (weights.Shape[0], node.Int("group", 1));
        var constantBias = bias?.ToBias(channels);
        var signal = weights.Shape.Length == 3 ? weights with { Shape = weights.Shape.Add(1) } : weights;
        if (group < 1 || (long)group * weights.Shape[1] != shape.Channels || channels % group != 0)
            throw node.Unsupported(
                "group",
                group,
                $"With {shape.Channels} input channels and weights [{string.Join(", ", weights.Shape)}], it must divide both numbers of channels."
            );
        if (group == 1 || weights.Shape[1] != 1)
        {
            var packed = signal.Permuted([0, 2, 3, 1]).ToWeights(0);
            return node.Emit(
                new Conv2D
                {
                    Weights = packed,
                    Bias = constantBias,
                    Window = window,
                    Groups = group,
                },
                axes,
                output,
                input
            );
        }

        var perChannel = (signal with { Shape = [channels, signal.Shape[2], signal.Shape[3]] }).Permuted([1, 2, 0]).ToWeights(2);
        return node.Emit(
            new DepthwiseConv2D
            {
                Weights = perChannel,
                Bias = constantBias,
                Window = window,
            },
            axes,
            output,
            input
        );
    }

    /// <summary>A fully connected layer by weights [C_out, C_in], whose columns are put into the order of the input's elements.</summary>
    public static Activation Connect(NodeImport node, Activation input, Constant weights, Constant? bias, QuantizationParameters? output)
    {
        if (input.Axes.Rank == 0 || input.Axes.Terms.Take(input.Axes.Rank - 1).Any(t => t.Length > 0))
            throw node.BadDims(input, "a fully connected layer takes one vector [1, C].");
        var elements = input.Type.Shape.Elements;
        if (weights.Shape.Length != 2 || weights.Shape[1] != elements || weights.Shape[0] < 1)
            throw node.BadDims(weights, $"weights must be [outputs, {elements}] for input '{input.Name}'.");
        var columns = ToStoredOrder(weights, input).ToWeights(0);
        var dense = new Dense { Weights = columns, Bias = bias?.ToBias(weights.Shape[0]) };
        return node.Emit(dense, new string('-', input.Axes.Rank - 1) + "C", output, input);
    }

    /// <summary>A product with constant weights [C_in, C_out]: a fully connected layer, or a pointwise convolution where pixels keep their
    /// place.</summary>
    /// <param name="output">Quantisation of the result where the operator states it.</param>
    public static Activation Multiply(
        NodeImport node,
        Activation input,
        Constant weights,
        QuantizationParameters? output,
        Constant? bias = null
    )
    {
        var rows = Transposed(node, weights);
        if (input.Axes.Rank > 0 && input.Axes.Terms.Take(input.Axes.Rank - 1).All(t => t.Length == 0))
            return Connect(node, input, rows, bias, output);
        if (input.Axes.Rank is 2 or 3 or 4 && input.Axes.Terms[^1] != "C" && input.Type.Shape.Channels > 1)
            input = node.Arrange(
                input,
                input.Axes.Rank switch
                {
                    2 => "HC",
                    3 => "-HC",
                    _ => "-HWC",
                }
            );
        if (input.Axes.Rank == 0 || input.Axes.Terms[^1] is not ("C" or "") || rows.Shape[1] != input.Type.Shape.Channels)
            throw node.BadDims(input, "the last dimension must hold the channels.");
        var pointwise = (rows with { Shape = [rows.Shape[0], 1, 1, rows.Shape[1]] }).ToWeights(0);
        var op = new Conv2D
        {
            Weights = pointwise,
            Bias = bias?.ToBias(rows.Shape[0]),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
        };
        var type = input.Type with { Shape = input.Type.Shape with { Channels = rows.Shape[0] } };
        var axes = input.Axes with { Terms = input.Axes.Terms.SetItem(input.Axes.Rank - 1, rows.Shape[0] > 1 ? "C" : "") };
        return node.Emit(op, axes, output is null ? type : type with { Quantization = output }, input);
    }

    public static Constant Transposed(NodeImport node, Constant weights) =>
        weights.Shape.Length == 2 ? weights.Permuted([1, 0]) : throw node.BadDims(weights, "weights must have two dimensions.");

    private static Constant ToStoredOrder(Constant weights, Activation input)
    {
        var sequence = input.Axes.Sequence;
        if (input.Axes.IsStored)
            return weights;
        var loops = input.Axes.Loops(sequence, input.Type.Shape).ToImmutableArray();
        var extents = loops.Select(l => l.Count);
        var stored = Enumerable.Range(0, loops.Length).OrderByDescending(i => loops[i].Stride).Select(i => 1 + i);
        var split = weights with { Shape = [weights.Shape[0], .. extents] };
        return split.Permuted([0, .. stored]) with { Shape = weights.Shape };
    }
}
