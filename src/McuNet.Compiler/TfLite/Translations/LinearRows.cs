using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.TfLite.Translations;

/// <summary>Convolutions and fully connected layers.</summary>
internal static class LinearRows
{
    /// <summary>Weights [outputs, H, W, inputs / group]; the group follows from the input's channels.</summary>
    public static void Conv(NodeStatement node)
    {
        var (input, weights) = (node.RequireRank(0, 4), node.RequireRank(1, 4));
        if (weights.Dims[3] < 1 || input.Dims[3] % weights.Dims[3] != 0)
            throw node.BadDims(weights, $"their last must divide the {input.Dims[3]} channels of the input.");
        Convolve(node, [0, 3, 1, 2], input.Dims[3] / weights.Dims[3]);
    }

    /// <summary>Weights [1, H, W, outputs]: as many groups as input channels.</summary>
    public static void Depthwise(NodeStatement node)
    {
        var (input, weights) = (node.RequireRank(0, 4), node.RequireRank(1, 4));
        if (weights.Dims[0] != 1)
            throw node.BadDims(weights, "[1, H, W, outputs] is needed.");
        Convolve(node, [3, 0, 1, 2], input.Dims[3]);
    }

    private static void Convolve(NodeStatement node, ImmutableArray<long> permutation, long group)
    {
        var (input, weights) = (node.Tensor(0), node.Tensor(1));
        ImmutableArray<long> kernel = [weights.Dims[1], weights.Dims[2]];
        ImmutableArray<long> dilations = [node.Positive("dilation_h_factor", 1), node.Positive("dilation_w_factor", 1)];
        var window = Padding.Window(node, input.Dims[1], input.Dims[2], kernel, dilations);
        node.Return(
            node.Activated(
                node.Stored(
                    node.Add(
                        "Conv",
                        [node.Image(0), node.Transposed(node.Real(1), permutation), node.RealOrNone(2)],
                        window.Add(OnnxAttribute.Of("group", group))
                    )
                )
            )
        );
    }

    /// <summary>Operands: the result's dimensions, weights [outputs, H, W, inputs], input, bias.</summary>
    public static void TransposeConv(NodeStatement node)
    {
        var (weights, input, output) = (node.RequireRank(1, 4), node.RequireRank(2, 4), node.Integers(0, "dimensions of the result"));
        if (output.Length != 4 || !output.SequenceEqual(node.Result().Dims.Select(d => (long)d)))
            throw node.Unsupported(
                "dimensions of the result",
                string.Join(", ", output),
                $"Its result has [{string.Join(", ", node.Result().Dims)}]."
            );
        ImmutableArray<long> strides = [node.Positive("stride_h"), node.Positive("stride_w")];
        var (top, bottom, below) = Cut(node, input.Dims[1], output[1], weights.Dims[1], strides[0]);
        var (left, right, beside) = Cut(node, input.Dims[2], output[2], weights.Dims[2], strides[1]);
        node.Return(
            node.Activated(
                node.Stored(
                    node.Add(
                        "ConvTranspose",
                        [node.Image(2), node.Transposed(node.Real(1), [3, 0, 1, 2]), node.RealOrNone(3)],
                        OnnxAttribute.Of("kernel_shape", [(long)weights.Dims[1], weights.Dims[2]]),
                        OnnxAttribute.Of("pads", [top, left, bottom, right]),
                        OnnxAttribute.Of("strides", strides),
                        OnnxAttribute.Of("output_padding", [below, beside])
                    )
                )
            )
        );
    }

    /// <summary>What is cut off before and behind of the (n - 1) stride + kernel elements that come out, and how many lack
    /// behind.</summary>
    private static (long Before, long After, long Lacking) Cut(NodeStatement node, long size, long result, long kernel, long stride)
    {
        var (steps, excess) = ((result + stride - 1) / stride, (size - 1) * stride + kernel - result);
        var total = Padding.IsSame(node) ? System.Math.Max((steps - 1) * stride + kernel - result, 0) : 0;
        var before = total / 2;
        return (before, System.Math.Max(excess - before, 0), System.Math.Max(before - excess, 0));
    }

    /// <summary>Weights [outputs, inputs]; an input of other dimensions counts as rows of that many.</summary>
    public static void FullyConnected(NodeStatement node)
    {
        var (input, weights) = (node.Tensor(0), node.RequireRank(1, 2));
        if (node.Option("weights_format") is var format && format != 0)
            throw node.Unsupported("weights_format", format, "Convert the model without shuffled weights.");
        if (weights.Dims[1] < 1)
            throw node.BadDims(weights, "[outputs, inputs] is needed.");
        var elements = input.Dims.Aggregate(1L, (product, d) => product * d);
        var isMatrix = input.Dims.Length == 2 && input.Dims[1] == weights.Dims[1];
        var real = isMatrix ? node.Real(0) : node.Reshaped(node.Real(0), elements / weights.Dims[1], weights.Dims[1]);
        var product = weights.IsConstant
            ? node.Add("Gemm", [real, node.Real(1), node.RealOrNone(2)], OnnxAttribute.Of("transB", 1L))
            : node.Add("MatMul", [real, node.Transposed(node.Real(1), [1, 0])]);
        if (!weights.IsConstant && node.Has(2))
            product = node.Add("Add", [product, node.Real(2)]);
        var result = node.Result().Dims;
        node.Return(node.Activated(result.Length == 2 ? product : node.Reshaped(product, [.. result.Select(d => (long)d)])));
    }

    public static void BatchMatMul(NodeStatement node) =>
        node.Return(node.Add("MatMul", [Factor(node, 0, "adj_x"), Factor(node, 1, "adj_y")]));

    private static string Factor(NodeStatement node, int input, string transposed)
    {
        var rank = node.Tensor(input).Dims.Length;
        if (!node.Flag(transposed))
            return node.Real(input);
        return rank >= 2
            ? node.Transposed(node.Real(input), [.. Enumerable.Range(0, rank - 2).Select(d => (long)d), rank - 1, rank - 2])
            : throw node.BadDims(node.Tensor(input), "a matrix is needed.");
    }
}
