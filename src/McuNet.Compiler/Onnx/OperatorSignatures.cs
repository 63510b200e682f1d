using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using static McuNet.Compiler.Onnx.IntegerOperands;

namespace McuNet.Compiler.Onnx;

/// <summary>The operators that are read or quantised, over all opsets: an attribute of any opset counts.</summary>
public static class OperatorSignatures
{
    private const int Any = int.MaxValue;
    private const string Windows = "auto_pad: String, dilations: Ints, kernel_shape: Ints, pads: Ints, strides: Ints";

    private static readonly (float, int) ToOne = (1f / 256, 0);
    private static readonly (float, int) AroundZero = (1f / 128, 128);

    public static readonly ImmutableArray<OperatorSignature> Rows =
    [
        Onnx("Abs", 1, 1, Stored),
        Onnx("Add", 2, 2, Refused) with { KeepsChannels = true },
        Onnx("AveragePool", 1, 1, Refused, $"{Windows}, ceil_mode: Int, count_include_pad: Int") with { KeepsChannels = true },
        Onnx("BatchNormalization", 5, 5, Refused, "epsilon: Float, momentum: Float, spatial: Int, training_mode: Int") with { MostOutputs = 5 },
        Onnx("Clip", 1, 3, Stored, "min: Float, max: Float") with { Results = ResultValues.Limited, KeepsChannels = true },
        Onnx("Concat", 1, Any, Stored, "axis: Int"),
        Onnx("Constant", 0, 0, Stored, "value: Tensor, value_float: Float, value_floats: Floats, value_int: Int, value_ints: Ints, value_string: String, value_strings: Strings"),
        Onnx("Conv", 2, 3, Refused, $"{Windows}, group: Int"),
        Onnx("ConvTranspose", 2, 3, Refused, $"{Windows}, group: Int, output_padding: Ints, output_shape: Ints"),
        Onnx("DequantizeLinear", 2, 3, Quantized, "axis: Int, block_size: Int, output_dtype: Int"),
        Onnx("Div", 2, 2, Refused) with { KeepsChannels = true },
        Onnx("Dropout", 1, 3, Refused, "ratio: Float, seed: Int, is_test: Int") with { MostOutputs = 2 },
        Onnx("Elu", 1, 1, Refused, "alpha: Float"),
        Onnx("Flatten", 1, 1, Stored, "axis: Int") with { Results = ResultValues.Moved },
        Onnx("Gemm", 2, 3, Refused, "alpha: Float, beta: Float, transA: Int, transB: Int"),
        Onnx("GlobalAveragePool", 1, 1, Refused) with { KeepsChannels = true },
        Onnx("HardSigmoid", 1, 1, Refused, "alpha: Float, beta: Float") with { ResultSteps = ToOne },
        Onnx("HardSwish", 1, 1, Refused),
        Onnx("Identity", 1, 1, Stored) with { Results = ResultValues.Moved },
        Onnx("LeakyRelu", 1, 1, Refused, "alpha: Float") with { KeepsChannels = true },
        Onnx("LogSoftmax", 1, 1, Refused, "axis: Int") with { Results = ResultValues.Real },
        Onnx("MatMul", 2, 2, Refused),
        Onnx("MaxPool", 1, 1, Stored, $"{Windows}, ceil_mode: Int, storage_order: Int") with { Results = ResultValues.Moved, KeepsChannels = true, MostOutputs = 2 },
        Onnx("Mul", 2, 2, Refused) with { KeepsChannels = true },
        Onnx("Pad", 1, 4, Stored, "mode: String, pads: Ints, value: Float") with { Results = ResultValues.Moved, KeepsChannels = true },
        Onnx("QLinearConv", 8, 9, Quantized, $"{Windows}, group: Int"),
        Onnx("QLinearMatMul", 8, 8, Quantized),
        Onnx("QuantizeLinear", 2, 3, Refused, "axis: Int, saturate: Int, block_size: Int, output_dtype: Int, precision: Int"),
        Onnx("ReduceMean", 1, 2, Refused, "axes: Ints, keepdims: Int, noop_with_empty_axes: Int"),
        Onnx("Relu", 1, 1, Stored) with { Results = ResultValues.Limited, KeepsChannels = true },
        Onnx("Reshape", 2, 2, Stored, "allowzero: Int") with { Results = ResultValues.Moved },
        Onnx("Resize", 1, 4, Stored, "antialias: Int, axes: Ints, coordinate_transformation_mode: String, cubic_coeff_a: Float, exclude_outside: Int, extrapolation_value: Float, keep_aspect_ratio_policy: String, mode: String, nearest_mode: String") with { Results = ResultValues.Moved },
        Onnx("Sigmoid", 1, 1, Refused) with { ResultSteps = ToOne, KeepsChannels = true },
        Onnx("Softmax", 1, 1, Refused, "axis: Int") with { Results = ResultValues.Shares, ResultSteps = ToOne },
        Onnx("Softplus", 1, 1, Refused),
        Onnx("Softsign", 1, 1, Refused) with { ResultSteps = AroundZero },
        Onnx("Squeeze", 1, 2, Stored, "axes: Ints") with { Results = ResultValues.Moved },
        Onnx("Sub", 2, 2, Refused) with { KeepsChannels = true },
        Onnx("Tanh", 1, 1, Refused) with { ResultSteps = AroundZero, KeepsChannels = true },
        Onnx("Transpose", 1, 1, Stored, "perm: Ints") with { Results = ResultValues.Moved },
        Onnx("Unsqueeze", 1, 2, Stored, "axes: Ints") with { Results = ResultValues.Moved },
        Microsoft("QGemm", 6, 9, "alpha: Float, transA: Int, transB: Int"),
        Microsoft("QLinearAdd", 7, 8),
        Microsoft("QLinearAveragePool", 4, 5, $"{Windows}, ceil_mode: Int, channels_last: Int, count_include_pad: Int"),
        Microsoft("QLinearConcat", 5, Any, "axis: Int"),
        Microsoft("QLinearGlobalAveragePool", 4, 5, "channels_last: Int"),
        Microsoft("QLinearLeakyRelu", 4, 5, "alpha: Float"),
        Microsoft("QLinearMul", 7, 8),
        Microsoft("QLinearSigmoid", 4, 5),
        Microsoft("QLinearSoftmax", 5, 5, "axis: Int, opset: Int"),
    ];

    private static readonly FrozenDictionary<(string, string), OperatorSignature> ByName = Rows.ToFrozenDictionary(r => (r.Domain, r.Operator));

    /// <summary>The operator's signature, or null where it is not known.</summary>
    public static OperatorSignature? Of(OnnxNode node) => ByName.GetValueOrDefault((node.Domain, node.Operator));

    /// <summary>Of an operator that is not known too.</summary>
    public static ResultValues ResultsOf(OnnxNode node) => Of(node)?.Results ?? ResultValues.Computed;

    private static OperatorSignature Onnx(string op, int fewest, int most, IntegerOperands integers, string attributes = "") =>
        new("", op, fewest, most, 1, integers, Parse(attributes));

    private static OperatorSignature Microsoft(string op, int fewest, int most, string attributes = "") =>
        new("com.microsoft", op, fewest, most, 1, Quantized, Parse(attributes));

    private static FrozenDictionary<string, OnnxAttributeType> Parse(string attributes) => attributes
        .Split(", ", StringSplitOptions.RemoveEmptyEntries)
        .Select(a => a.Split(": "))
        .ToFrozenDictionary(a => a[0], a => Enum.Parse<OnnxAttributeType>(a[1]));
}
