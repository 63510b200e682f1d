using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>What quantisation must know of operators.</summary>
internal static class NodeKinds
{
    /// <summary>Limits values; free where the operator before it can do so itself.</summary>
    public static bool IsActivation(OnnxNode node) => node is { Domain: "", Operator: "Relu" or "Clip" };

    /// <summary>Copies or compares values, so that result and operand have the same quantisation.</summary>
    public static bool Moves(OnnxNode node) => node is
    {
        Domain: "",
        Operator: "Flatten" or "Identity" or "MaxPool" or "Pad" or "Reshape" or "Resize" or "Squeeze" or "Transpose" or "Unsqueeze"
    };

    /// <summary>Takes integers but gives real numbers.</summary>
    public static bool GivesReals(OnnxNode node) => node is { Domain: "", Operator: "LogSoftmax" };

    /// <summary>Whether an activation behind the node can be part of it.</summary>
    public static bool CanLimit(OnnxNode node) => !Moves(node) && !GivesReals(node) && node.Operator != "Softmax";

    /// <summary>The range of results that an operator has whatever its operand, as a quantisation of 256 steps; null for others.</summary>
    public static (float Scale, int Zero)? FixedRange(OnnxNode node) => node.Operator switch
    {
        "Sigmoid" or "HardSigmoid" or "Softmax" => (1f / 256, 0),
        "Softsign" or "Tanh" => (1f / 128, 128),
        _ => null,
    };

    /// <summary>Whether a model has been quantised already: activations, not weights alone.</summary>
    public static bool IsQuantization(OnnxNode node) =>
        node.Operator is "QuantizeLinear" or "QGemm" or "DynamicQuantizeLinear" or "ConvInteger" or "MatMulInteger" || node.Operator.StartsWith("QLinear", System.StringComparison.Ordinal);
}
