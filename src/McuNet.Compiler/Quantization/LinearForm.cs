using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>
/// Convolutions and fully connected layers in one form: Conv(x, w, b), ConvTranspose(x, w, b), and Gemm(x, w, b) with weights [outputs,
/// inputs]. Every one has a bias. Other forms of Gemm and MatMul are brought there; what has weights that are not constant stays as it is.
/// </summary>
internal static class LinearForm
{
    public static int GroupsOf(OnnxNode node) => (int)(node.Attribute("group")?.Int ?? 1);

    /// <summary>Output channels of a layer; its weights are [outputs, …], those of a MatMul [inputs, outputs], of a ConvTranspose [inputs,
    /// outputs / groups, …].</summary>
    public static int ChannelsOf(OnnxNode node, OnnxTensor weights) =>
        node.Operator switch
        {
            "ConvTranspose" => (int)weights.Dims[1] * GroupsOf(node),
            "MatMul" => (int)weights.Dims[1],
            _ => (int)weights.Dims[0],
        };

    /// <summary>The output channel that a weight belongs to, by its place.</summary>
    public static int ChannelOf(OnnxNode node, OnnxTensor weights, int index)
    {
        var taps = (int)weights.Dims.Skip(2).Aggregate(1L, (a, b) => a * b);
        var (first, second) = (index / taps / (int)weights.Dims[1], index / taps % (int)weights.Dims[1]);
        return node.Operator == "ConvTranspose" ? first / ((int)weights.Dims[0] / GroupsOf(node)) * (int)weights.Dims[1] + second : first;
    }

    /// <summary>Weights and bias of a node in this form; null for other nodes.</summary>
    public static (OnnxTensor Weights, float[] Values, float[] Bias)? Of(OnnxEditor editor, OnnxNode node) =>
        node.Operator is "Conv" or "ConvTranspose" or "Gemm"
        && node.Inputs.Length == 3
        && editor.Constant(node.Inputs[1]) is { } weights
        && editor.Reals(node.Inputs[1]) is { } values
        && editor.Reals(node.Inputs[2]) is { } bias
        && bias.Length == ChannelsOf(node, weights)
            ? (weights, values, bias)
            : null;

    public static void Run(OnnxEditor editor)
    {
        foreach (var node in editor.Nodes.Where(n => n.Operator is "Conv" or "ConvTranspose" or "Gemm" or "MatMul" && n.Domain.Length == 0))
        {
            if (
                node.Inputs.Length < 2
                || editor.Constant(node.Inputs[1]) is not { } weights
                || weights is not { Type: OnnxType.Float, External: null, Dims.Length: >= 2 }
            )
                continue;
            if (node.Operator is "Conv" or "ConvTranspose")
                Convolution(editor, node, weights);
            else if (node.Operator == "Gemm")
                FullyConnected(editor, node, weights);
            else if (weights.Dims.Length == 2 && TensorFacts.Rank(editor, node.Inputs[0]) == 2)
                Write(editor, node, Transposed(weights), []);
        }
    }

    /// <summary>Replaces a node by one in this form, with the same operand and result.</summary>
    public static void Write(OnnxEditor editor, OnnxNode node, OnnxTensor weights, float[] bias) =>
        Write(editor, node, weights, bias, node.Inputs[0], node.Outputs[0]);

    /// <param name="bias">Empty for none.</param>
    public static void Write(OnnxEditor editor, OnnxNode node, OnnxTensor weights, float[] bias, string operand, string result)
    {
        var channels = node.Operator == "MatMul" ? (int)weights.Dims[0] : ChannelsOf(node, weights);
        editor.Replace(
            node,
            node with
            {
                Operator = node.Operator == "MatMul" ? "Gemm" : node.Operator,
                Inputs =
                [
                    operand,
                    editor.AddConstant(result + "_weight", OnnxType.Float, weights.Dims, weights.Data.Span),
                    editor.AddReals(result + "_bias", [channels], bias.Length == 0 ? new float[channels] : bias),
                ],
                Outputs = [result],
                Attributes = node.Operator is "Conv" or "ConvTranspose" ? node.Attributes : [OnnxAttribute.Of("transB", 1L)],
            }
        );
    }

    private static void Convolution(OnnxEditor editor, OnnxNode node, OnnxTensor weights)
    {
        var bias = node.Inputs.Length > 2 && node.Inputs[2].Length > 0 ? editor.Reals(node.Inputs[2]) : [];
        if (bias is not null)
            Write(editor, node, weights, bias);
    }

    private static void FullyConnected(OnnxEditor editor, OnnxNode node, OnnxTensor weights)
    {
        if (weights.Dims.Length != 2 || node.Attribute("transA") is { Int: not 0 })
            return;
        var bias = node.Inputs.Length > 2 && node.Inputs[2].Length > 0 ? editor.Reals(node.Inputs[2]) : [];
        if (bias is null)
            return;
        var rows = node.Attribute("transB") is { Int: not 0 } ? weights : Transposed(weights);
        var channels = (int)rows.Dims[0];
        if (bias.Length > 1 && bias.Length != channels)
            return;
        var (alpha, beta) = (node.Attribute("alpha")?.Float ?? 1, node.Attribute("beta")?.Float ?? 1);
        var scaled = OnnxTensor.Of<float>("", OnnxType.Float, rows.Dims, [.. Reals(rows).Select(w => w * alpha)]);
        Write(
            editor,
            node,
            scaled,
            bias.Length == 0 ? [] : [.. Enumerable.Range(0, channels).Select(c => bias[bias.Length == 1 ? 0 : c] * beta)]
        );
    }

    private static float[] Reals(OnnxTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();

    /// <summary>A matrix with rows for columns.</summary>
    private static OnnxTensor Transposed(OnnxTensor weights)
    {
        var (rows, columns, from) = ((int)weights.Dims[0], (int)weights.Dims[1], Reals(weights));
        var to = new float[from.Length];
        for (var i = 0; i < from.Length; i++)
            to[i % columns * rows + i / columns] = from[i];
        return OnnxTensor.Of<float>("", OnnxType.Float, [columns, rows], to);
    }
}
