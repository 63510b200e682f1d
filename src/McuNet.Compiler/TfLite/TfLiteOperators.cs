using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.TfLite.Translations;

namespace McuNet.Compiler.TfLite;

/// <summary>A TFLite operator that is read.</summary>
/// <param name="Fewest">Operands, as <paramref name="Most"/>.</param>
/// <param name="Stated">What it is stated as in ONNX, for people.</param>
/// <param name="State">Null for what <see cref="GraphStatement"/> does itself.</param>
public sealed record TfLiteOperator(string Name, int Fewest, int Most, string Stated)
{
    internal Action<NodeStatement>? State { get; init; }

    /// <summary>Results that it has at least.</summary>
    internal int Results { get; init; } = 1;
}

/// <summary>The TFLite operators that are read. A new one is one row.</summary>
public static class TfLiteOperators
{
    private const int Any = int.MaxValue;

    public static readonly ImmutableArray<TfLiteOperator> Rows =
    [
        Row("ABS", ElementRows.Unary("Abs"), 1, 1, "Abs"),
        Row("ADD", ElementRows.Binary("Add"), 2, 2, "Add"),
        Row("ARG_MAX", ElementRows.Arg("ArgMax"), 2, 2, "ArgMax"),
        Row("ARG_MIN", ElementRows.Arg("ArgMin"), 2, 2, "ArgMin"),
        Variable("ASSIGN_VARIABLE", 2, 0, "an output"),
        Row("AVERAGE_POOL_2D", PoolRows.Average, 1, 1, "AveragePool"),
        Row("BATCH_MATMUL", LinearRows.BatchMatMul, 2, 2, "MatMul"),
        Variable("CALL_ONCE", 0, 0, "the zeros that variables begin with"),
        Row("CEIL", ElementRows.Unary("Ceil"), 1, 1, "Ceil"),
        Row("CONCATENATION", MoveRows.Concatenation, 1, Any, "Concat"),
        Row("CONV_2D", LinearRows.Conv, 2, 3, "Conv"),
        Row("COS", ElementRows.Unary("Cos"), 1, 1, "Cos"),
        Row("DEPTHWISE_CONV_2D", LinearRows.Depthwise, 2, 3, "Conv"),
        Row("DEPTH_TO_SPACE", MoveRows.DepthToSpace, 1, 1, "DepthToSpace"),
        Row("DEQUANTIZE", ElementRows.Same, 1, 1, "DequantizeLinear, Cast"),
        Row("DIV", ElementRows.Binary("Div"), 2, 2, "Div"),
        Row("ELU", ElementRows.Unary("Elu"), 1, 1, "Elu"),
        Row("EXP", ElementRows.Unary("Exp"), 1, 1, "Exp"),
        Row("EXPAND_DIMS", MoveRows.Reshape, 2, 2, "Reshape"),
        Row("FLOOR", ElementRows.Unary("Floor"), 1, 1, "Floor"),
        Row("FULLY_CONNECTED", LinearRows.FullyConnected, 2, 3, "Gemm"),
        Row("GATHER", MoveRows.Gather, 2, 2, "Gather"),
        Row("GELU", ElementRows.Gelu, 1, 1, "Gelu"),
        Row("HARD_SWISH", ElementRows.Unary("HardSwish"), 1, 1, "HardSwish"),
        Row("LEAKY_RELU", ElementRows.LeakyRelu, 1, 1, "LeakyRelu"),
        Row("LOG", ElementRows.Unary("Log"), 1, 1, "Log"),
        Row("LOGISTIC", ElementRows.Unary("Sigmoid"), 1, 1, "Sigmoid"),
        Row("LOG_SOFTMAX", ElementRows.LogSoftmax, 1, 1, "LogSoftmax"),
        Row("MAXIMUM", ElementRows.Binary("Max"), 2, 2, "Max"),
        Row("MAX_POOL_2D", PoolRows.Max, 1, 1, "MaxPool"),
        Row("MEAN", ElementRows.Reduce("ReduceMean"), 2, 2, "ReduceMean"),
        Row("MINIMUM", ElementRows.Binary("Min"), 2, 2, "Min"),
        Row("MIRROR_PAD", MoveRows.MirrorPad, 2, 2, "Pad"),
        Row("MUL", ElementRows.Binary("Mul"), 2, 2, "Mul"),
        Row("NEG", ElementRows.Unary("Neg"), 1, 1, "Neg"),
        Row("PACK", MoveRows.Pack, 1, Any, "Concat"),
        Row("PAD", MoveRows.Pad, 2, 2, "Pad"),
        Row("PADV2", MoveRows.Pad, 3, 3, "Pad"),
        Row("PRELU", ElementRows.Binary("PRelu"), 2, 2, "PRelu"),
        Row("QUANTIZE", ElementRows.Same, 1, 1, "QuantizeLinear"),
        Variable("READ_VARIABLE", 1, 1, "an input"),
        Row("REDUCE_MAX", ElementRows.Reduce("ReduceMax"), 2, 2, "ReduceMax"),
        Row("REDUCE_MIN", ElementRows.Reduce("ReduceMin"), 2, 2, "ReduceMin"),
        Row("RELU", ElementRows.Unary("Relu"), 1, 1, "Relu"),
        Row("RELU6", ElementRows.Limit(0, 6), 1, 1, "Clip"),
        Row("RELU_0_TO_1", ElementRows.Limit(0, 1), 1, 1, "Clip"),
        Row("RELU_N1_TO_1", ElementRows.Limit(-1, 1), 1, 1, "Clip"),
        Row("RESHAPE", MoveRows.Reshape, 1, 2, "Reshape"),
        Row("RESIZE_BILINEAR", PoolRows.Bilinear, 2, 2, "Resize"),
        Row("RESIZE_NEAREST_NEIGHBOR", PoolRows.Nearest, 2, 2, "Resize"),
        Row("ROUND", ElementRows.Unary("Round"), 1, 1, "Round"),
        Row("RSQRT", ElementRows.Rsqrt, 1, 1, "Sqrt, Reciprocal"),
        Row("SIN", ElementRows.Unary("Sin"), 1, 1, "Sin"),
        Row("SLICE", MoveRows.Slice, 3, 3, "Slice"),
        Row("SOFTMAX", ElementRows.Softmax, 1, 1, "Softmax"),
        Row("SPACE_TO_DEPTH", MoveRows.SpaceToDepth, 1, 1, "SpaceToDepth"),
        Row("SPLIT", MoveRows.Split, 2, 2, "Split"),
        Row("SPLIT_V", MoveRows.SplitV, 3, 3, "Split"),
        Row("SQRT", ElementRows.Unary("Sqrt"), 1, 1, "Sqrt"),
        Row("SQUARE", ElementRows.Square, 1, 1, "Mul"),
        Row("SQUARED_DIFFERENCE", ElementRows.SquaredDifference, 2, 2, "Sub, Mul"),
        Row("SQUEEZE", MoveRows.Reshape, 1, 1, "Reshape"),
        Row("STRIDED_SLICE", MoveRows.StridedSlice, 4, 4, "Slice"),
        Row("SUB", ElementRows.Binary("Sub"), 2, 2, "Sub"),
        Row("SUM", ElementRows.Reduce("ReduceSum"), 2, 2, "ReduceSum"),
        Row("TANH", ElementRows.Unary("Tanh"), 1, 1, "Tanh"),
        Row("TILE", MoveRows.Tile, 2, 2, "Tile"),
        Row("TRANSPOSE", MoveRows.Transpose, 2, 2, "Transpose"),
        Row("TRANSPOSE_CONV", LinearRows.TransposeConv, 3, 4, "ConvTranspose"),
        Row("UNIDIRECTIONAL_SEQUENCE_LSTM", RecurrentRows.Lstm, 20, 24, "LSTM"),
        Row("UNPACK", MoveRows.Unpack, 1, 1, "Split"),
        Variable("VAR_HANDLE", 0, 1, "the name of an input and an output"),
    ];

    /// <summary>What to do about some operators that are not read.</summary>
    private static readonly FrozenDictionary<string, string> Advice = new Dictionary<string, string>
    {
        ["SVDF"] = "State the filter as a convolution over a window of frames that are an input of the network.",
        ["IF"] = "Convert each branch to a model of its own.",
        ["WHILE"] = "Unroll the loop before conversion.",
        ["LSTM"] = "Convert with unidirectional sequence LSTMs (TensorFlow 2's converter does).",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, TfLiteOperator> ByName = Rows.ToFrozenDictionary(r => r.Name);

    /// <summary>Names of all that are read, sorted.</summary>
    public static string Supported { get; } = string.Join(", ", Rows.Select(r => r.Name).Order(StringComparer.Ordinal));

    /// <summary>The operator, or null where it is not read.</summary>
    internal static TfLiteOperator? Of(TfLiteNode node) =>
        node.Code == TfLiteBuiltins.Custom ? null : ByName.GetValueOrDefault(node.Operator);

    internal static string AdviceFor(TfLiteNode node) =>
        node.Code == TfLiteBuiltins.Custom
            ? "Custom operators run in their own library alone: replace it by builtin operators before conversion, or run it outside the network."
            : Advice.GetValueOrDefault(
                node.Operator,
                "Replace it by supported operators before conversion, or run it outside the network."
            );

    private static TfLiteOperator Row(string name, Action<NodeStatement> state, int fewest, int most, string stated) =>
        new(name, fewest, most, stated) { State = state };

    private static TfLiteOperator Variable(string name, int operands, int results, string stated) =>
        new(name, operands, operands, stated) { Results = results };
}
