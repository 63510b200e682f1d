using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import;

/// <summary>
/// Whole numbers and truth values, which ONNX keeps apart from real numbers: in the network they are real numbers, exact up to 2^24, or
/// bytes in steps of one where they fit in these.
/// </summary>
internal static class WholeNumbers
{
    /// <summary>Bytes that are whole numbers.</summary>
    public static QuantizationParameters Steps { get; } = new(1, 0);

    /// <summary>What the elements of a plain constant, an input or an output mean.</summary>
    public static ValueKind KindOf(OnnxType type) =>
        type switch
        {
            OnnxType.Int64 or OnnxType.Int32 => ValueKind.Number,
            OnnxType.Bool => ValueKind.Truth,
            _ => ValueKind.Real,
        };

    /// <summary>What the elements of a value mean; of a plain constant of bytes nothing is known.</summary>
    public static ValueKind KindOf(ImportedValue value) =>
        value switch
        {
            Activation activation => activation.Kind,
            Constant { IsQuantized: false } constant => KindOf(constant.Type),
            _ => ValueKind.Real,
        };

    /// <summary>Real numbers 1 and 0 as truth values.</summary>
    public static Activation Truths(NodeImport node, Activation real) =>
        node.Emit(new Quantize { IsWhole = true }, real.Axes, new(real.Type.Shape, ElementType.UInt8, Steps), real) with
        {
            Kind = ValueKind.Truth,
        };
}
