using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>What folding must know of a tensor's shape, as far as the model says it.</summary>
internal static class TensorFacts
{
    private const int Unknown = -1;

    /// <summary>Number of dimensions, or -1.</summary>
    public static int Rank(OnnxEditor editor, string value)
    {
        if (editor.Constant(value) is { } constant)
            return constant.Dims.Length;
        if (editor.Inputs.FirstOrDefault(i => i.Name == value) is { } input)
            return input.Dims?.Length ?? Unknown;
        if (editor.ProducerOf(value) is not { Inputs.Length: > 0 } node)
            return Unknown;
        return node.Operator switch
        {
            "Conv" or "ConvTranspose" => Rank(editor, node.Inputs[1]),
            "Gemm" or "Flatten" => 2,
            "Reshape" => editor.Constant(node.Inputs[1]) is { Dims: [var rank] } ? (int)rank : Unknown,
            "Squeeze" => Changed(editor, node, -1),
            "Unsqueeze" => Changed(editor, node, 1),
            "ReduceMean" when node.Attribute("keepdims") is { Int: 0 } => Changed(editor, node, -1),
            "Add" or "Sub" or "Mul" or "Div" => System.Math.Max(Rank(editor, node.Inputs[0]), Rank(editor, node.Inputs[1])),
            _ => Rank(editor, node.Inputs[0]),
        };
    }

    /// <summary>Extent of dimension 1, or -1.</summary>
    public static int Channels(OnnxEditor editor, string value)
    {
        if (editor.Inputs.FirstOrDefault(i => i.Name == value) is { } input)
            return input.Dims is { Length: > 1 } dims ? (int)dims[1] : Unknown;
        return editor.ProducerOf(value) switch
        {
            { Operator: "Conv" } conv => (int)(editor.Constant(conv.Inputs[1])?.Dims[0] ?? Unknown),
            { Operator: "ConvTranspose" } conv => editor.Constant(conv.Inputs[1]) is { } weights
                ? LinearForm.ChannelsOf(conv, weights)
                : Unknown,
            { Operator: "BatchNormalization" } norm => (int)(editor.Constant(norm.Inputs[1])?.Dims[0] ?? Unknown),
            { } node when OnnxOperators.Of(node) is { KeepsChannels: true } => node
                .Inputs.Where(i => editor.Constant(i) is null)
                .Select(i => Channels(editor, i))
                .FirstOrDefault(Unknown),
            _ => Unknown,
        };
    }

    /// <summary>The axes that a node is told by attribute or, in later operator sets, by its second input; null where it has
    /// neither.</summary>
    public static long[]? Axes(OnnxEditor editor, OnnxNode node)
    {
        if (node.Attribute("axes") is { } attribute)
            return [.. attribute.Ints];
        return node.Inputs.Length > 1 && editor.Constant(node.Inputs[1]) is { Type: OnnxType.Int64 } axes
            ? MemoryMarshal.Cast<byte, long>(axes.Data.Span).ToArray()
            : null;
    }

    private static int Changed(OnnxEditor editor, OnnxNode node, int sign) =>
        Rank(editor, node.Inputs[0]) is >= 0 and var rank && Axes(editor, node) is { } axes ? rank + sign * axes.Length : Unknown;
}
