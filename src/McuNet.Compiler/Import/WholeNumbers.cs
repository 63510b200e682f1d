using System.Collections.Frozen;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Import;

/// <summary>
/// Whole numbers and truth values, which ONNX keeps apart from real numbers: in the network they are real numbers, exact up to 2^24, or bytes in steps of
/// one where they fit in these.
/// </summary>
internal static class WholeNumbers
{
    /// <summary>Operators that give of whole numbers what they give of the same real ones, or whose row sees to it that they do.</summary>
    private static readonly FrozenSet<string> Exact = new[]
    {
        "Abs", "Add", "And", "ArgMax", "ArgMin", "Cast", "CastLike", "Clip", "Concat", "DepthToSpace", "Div", "Einsum", "Equal", "Expand", "Flatten", "Gather", "Gemm",
        "Greater", "GreaterOrEqual", "Identity", "If", "Less", "LessOrEqual", "MatMul", "Max", "MaxPool", "Min", "Mod", "Mul", "Neg", "Not", "OneHot", "Or", "Pad",
        "Pow", "ReduceL1", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare", "Relu", "Reshape", "Resize", "Shape", "Sign", "Size", "Slice",
        "SpaceToDepth", "Split", "Squeeze", "Sub", "Tile", "TopK", "Transpose", "Unsqueeze", "Upsample", "Where", "Xor",
    }.ToFrozenSet();

    /// <summary>Bytes that are whole numbers.</summary>
    public static QuantizationParameters Steps { get; } = new(1, 0);

    /// <summary>Whether an operator of ONNX computes whole numbers in the network too.</summary>
    public static bool AreTaken(OnnxOperator op) => op.Domain.Length == 0 && Exact.Contains(op.Operator);

    /// <summary>What the elements of a plain constant, an input or an output mean.</summary>
    public static ValueKind KindOf(OnnxType type) => type switch
    {
        OnnxType.Int64 or OnnxType.Int32 => ValueKind.Number,
        OnnxType.Bool => ValueKind.Truth,
        _ => ValueKind.Real,
    };

    /// <summary>What the elements of a value mean; of a plain constant of bytes nothing is known.</summary>
    public static ValueKind KindOf(ImportedValue value) => value switch
    {
        Activation activation => activation.Kind,
        Constant { IsQuantized: false } constant => KindOf(constant.Type),
        _ => ValueKind.Real,
    };

    /// <summary>Real numbers 1 and 0 as truth values.</summary>
    public static Activation Truths(NodeImport node, Activation real) =>
        node.Emit(new Quantize { IsWhole = true }, real.Axes, new(real.Type.Shape, ElementType.UInt8, Steps), real) with { Kind = ValueKind.Truth };
}
