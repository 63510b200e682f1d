using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Import.Folding;
using McuNet.Compiler.Import.NodeImports;
using McuNet.Compiler.Onnx;
using static McuNet.Compiler.Import.IntegerOperands;

namespace McuNet.Compiler.Import;

/// <summary>
/// The operators that are read or quantised, over all opsets: an attribute of any opset counts. A new operator is one row: its name, what
/// reads it, its signature, and what its quantisation follows from.
/// </summary>
public static class OnnxOperators
{
    private const int Any = int.MaxValue;
    private const string Windows = "auto_pad: String, dilations: Ints, kernel_shape: Ints, pads: Ints, strides: Ints";

    private const string Reductions = "axes: Ints, keepdims: Int, noop_with_empty_axes: Int";

    private static readonly ImmutableArray<string> Blending = ["linear", "cubic"];

    private static readonly (float, int) ToOne = (1f / 256, 0);
    private static readonly (float, int) AroundZero = (1f / 128, 128);

    public static readonly ImmutableArray<OnnxOperator> Rows =
    [
        Onnx("Abs", LookupRows.Abs, 1, 1, Stored) with
        {
            TakesNumbers = true,
        },
        Onnx("Acos", LookupRows.Acos, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Acosh", LookupRows.Acosh, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Add", ConstantOperandRows.Add, 2, 2, Refused) with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("And", LogicRows.And, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("ArgMax", ArgRows.Max, 1, 1, Refused, "axis: Int, keepdims: Int, select_last_index: Int") with
        {
            TakesNumbers = true,
        },
        Onnx("ArgMin", ArgRows.Min, 1, 1, Refused, "axis: Int, keepdims: Int, select_last_index: Int") with
        {
            TakesNumbers = true,
        },
        Onnx("Asin", LookupRows.Asin, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Asinh", LookupRows.Asinh, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Atan", LookupRows.Atan, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Atanh", LookupRows.Atanh, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx(
            "Attention",
            AttentionRows.Attention,
            3,
            7,
            Refused,
            "is_causal: Int, kv_num_heads: Int, q_num_heads: Int, qk_matmul_output_mode: Int, scale: Float, softcap: Float, softmax_precision: Int"
        ) with
        {
            MostOutputs = 4,
            GivesAll = true,
        },
        Onnx("AveragePool", PoolRows.AveragePool, 1, 1, Refused, $"{Windows}, ceil_mode: Int, count_include_pad: Int") with
        {
            KeepsChannels = true,
        },
        Onnx(
            "BatchNormalization",
            NormalizationRows.Batch,
            5,
            5,
            Refused,
            "epsilon: Float, momentum: Float, spatial: Int, training_mode: Int"
        ) with
        {
            MostOutputs = 5,
            GivesAll = true,
        },
        Onnx("Cast", ViewRows.Cast, 1, 1, Stored, "to: Int, saturate: Int, round_mode: String") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Ceil", LookupRows.Ceil, 1, 1, Refused),
        Onnx("Celu", LookupRows.Celu, 1, 1, Refused, "alpha: Float") with
        {
            KeepsChannels = true,
        },
        Onnx("Clip", ElementwiseRows.Clip, 1, 3, Stored, "min: Float, max: Float") with
        {
            TakesNumbers = true,
            Results = ResultValues.Limited,
            KeepsChannels = true,
        },
        Onnx("Concat", ConcatRows.Concat, 1, Any, Stored, "axis: Int") with
        {
            TakesNumbers = true,
        },
        Onnx(
            "Constant",
            ViewRows.Constant,
            0,
            0,
            Stored,
            "value: Tensor, value_float: Float, value_floats: Floats, value_int: Int, value_ints: Ints, value_string: String, value_strings: Strings"
        ),
        Onnx("Conv", LinearRows.Conv, 2, 3, Refused, $"{Windows}, group: Int"),
        Onnx(
            "ConvTranspose",
            ConvTransposeRows.ConvTranspose,
            2,
            3,
            Refused,
            $"{Windows}, group: Int, output_padding: Ints, output_shape: Ints"
        ),
        Onnx("Cos", LookupRows.Cos, 1, 1, Refused) with
        {
            ResultSteps = AroundZero,
            KeepsChannels = true,
        },
        Onnx("Cosh", LookupRows.Cosh, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("DFT", TransformRows.Fourier, 1, 3, Refused, "axis: Int, inverse: Int, onesided: Int"),
        Onnx("DepthToSpace", ViewRows.DepthToSpace, 1, 1, Stored, "blocksize: Int, mode: String") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("DequantizeLinear", QuantizationRows.DequantizeLinear, 2, 3, Quantized, "axis: Int, block_size: Int, output_dtype: Int"),
        Onnx("Det", TransformRows.Determinant, 1, 1, Refused),
        Onnx("Div", ConstantOperandRows.Div, 2, 2, Refused) with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("Dropout", ViewRows.Dropout, 1, 3, Refused, "ratio: Float, seed: Int, is_test: Int") with
        {
            MostOutputs = 2,
        },
        Onnx("Einsum", EinsumRows.Einsum, 1, 2, Refused, "equation: String") with
        {
            TakesNumbers = true,
        },
        Onnx("Elu", LookupRows.Elu, 1, 1, Refused, "alpha: Float"),
        Onnx("Equal", LogicRows.Equal, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("Erf", LookupRows.Erf, 1, 1, Refused) with
        {
            ResultSteps = AroundZero,
            KeepsChannels = true,
        },
        Onnx("Exp", LookupRows.Exp, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Expand", SelectRows.Expand, 2, 2, Stored) with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Flatten", ViewRows.Flatten, 1, 1, Stored, "axis: Int") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Floor", LookupRows.Floor, 1, 1, Refused),
        Onnx(
            "GRU",
            RecurrentRows.Gru,
            3,
            6,
            Refused,
            "activation_alpha: Floats, activation_beta: Floats, activations: Strings, clip: Float, direction: String, hidden_size: Int, layout: Int, linear_before_reset: Int, output_sequence: Int"
        ) with
        {
            MostOutputs = 2,
            GivesAll = true,
        },
        Onnx("Gather", SelectRows.Gather, 2, 2, Stored, "axis: Int") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Gelu", LookupRows.Gelu, 1, 1, Refused, "approximate: String") with
        {
            KeepsChannels = true,
        },
        Onnx("Gemm", LinearRows.Gemm, 2, 3, Refused, "alpha: Float, beta: Float, transA: Int, transB: Int") with
        {
            TakesNumbers = true,
        },
        Onnx("GlobalAveragePool", PoolRows.GlobalAveragePool, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("GlobalMaxPool", PoolRows.GlobalMaxPool, 1, 1, Stored) with
        {
            Results = ResultValues.Moved,
            KeepsChannels = true,
        },
        Onnx("Greater", LogicRows.Greater, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("GreaterOrEqual", LogicRows.GreaterOrEqual, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("GridSample", GridRows.Sample, 2, 2, Refused, "align_corners: Int, mode: String, padding_mode: String"),
        Onnx("GroupNormalization", NormalizationRows.Group, 3, 3, Refused, "epsilon: Float, num_groups: Int, stash_type: Int") with
        {
            KeepsChannels = true,
        },
        Onnx("HardSigmoid", LookupRows.HardSigmoid, 1, 1, Refused, "alpha: Float, beta: Float") with
        {
            ResultSteps = ToOne,
        },
        Onnx("HardSwish", LookupRows.HardSwish, 1, 1, Refused),
        Onnx("Hardmax", IndicatorRows.Hardmax, 1, 1, Refused, "axis: Int"),
        Onnx("Identity", ViewRows.Identity, 1, 1, Stored) with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("If", ViewRows.If, 1, 1, Stored, "else_branch: Graph, then_branch: Graph") with
        {
            TakesNumbers = true,
            MostOutputs = Any,
        },
        Onnx("InstanceNormalization", NormalizationRows.Instance, 3, 3, Refused, "epsilon: Float") with
        {
            KeepsChannels = true,
        },
        Onnx("IsNaN", LogicRows.IsNotANumber, 1, 1, Refused),
        Onnx("LRN", TransformRows.LocalResponse, 1, 1, Refused, "alpha: Float, beta: Float, bias: Float, size: Int"),
        Onnx(
            "LSTM",
            RecurrentRows.Lstm,
            3,
            8,
            Refused,
            "activation_alpha: Floats, activation_beta: Floats, activations: Strings, clip: Float, direction: String, hidden_size: Int, layout: Int, input_forget: Int, output_sequence: Int"
        ) with
        {
            MostOutputs = 3,
            GivesAll = true,
        },
        Onnx("LayerNormalization", NormalizationRows.Layer, 2, 3, Refused, "axis: Int, epsilon: Float, stash_type: Int") with
        {
            MostOutputs = 3,
            GivesAll = true,
        },
        Onnx("LeakyRelu", LookupRows.LeakyRelu, 1, 1, Refused, "alpha: Float") with
        {
            KeepsChannels = true,
        },
        Onnx("Less", LogicRows.Less, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("LessOrEqual", LogicRows.LessOrEqual, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("Log", LookupRows.Log, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("LogSoftmax", SoftmaxRows.LogSoftmax, 1, 1, Refused, "axis: Int") with
        {
            Results = ResultValues.Real,
        },
        Onnx("MatMul", LinearRows.MatMul, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("Max", ConstantOperandRows.Max, 1, Any, Refused) with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("MaxPool", PoolRows.MaxPool, 1, 1, Stored, $"{Windows}, ceil_mode: Int, storage_order: Int") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
            KeepsChannels = true,
            MostOutputs = 2,
        },
        Onnx("Mean", OperandRows.Mean, 1, Any, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("MeanVarianceNormalization", NormalizationRows.MeanVariance, 1, 1, Refused, "axes: Ints"),
        Onnx("Min", ConstantOperandRows.Min, 1, Any, Refused) with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("Mish", LookupRows.Mish, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Mod", ConstantOperandRows.Mod, 2, 2, Refused, "fmod: Int") with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("Mul", MulRows.Mul, 2, 2, Refused) with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("Neg", LookupRows.Neg, 1, 1, Refused) with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("Not", LogicRows.Not, 1, 1, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("OneHot", IndicatorRows.OneHot, 3, 3, Stored, "axis: Int") with
        {
            TakesNumbers = true,
        },
        Onnx("Or", LogicRows.Or, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("PRelu", OperandRows.PRelu, 2, 2, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Pad", PadRows.Pad, 1, 4, Stored, "mode: String, pads: Ints, paddings: Ints, value: Float") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
            KeepsChannels = true,
        },
        Onnx("Pow", ConstantOperandRows.Pow, 2, 2, Refused) with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("QLinearConv", QLinearRows.Conv, 8, 9, Quantized, $"{Windows}, group: Int"),
        Onnx("QLinearMatMul", QLinearRows.MatMul, 8, 8, Quantized),
        Onnx(
            "QuantizeLinear",
            QuantizationRows.QuantizeLinear,
            2,
            3,
            Refused,
            "axis: Int, saturate: Int, block_size: Int, output_dtype: Int, precision: Int"
        ),
        Onnx("RMSNormalization", NormalizationRows.RootMeanSquare, 2, 2, Refused, "axis: Int, epsilon: Float, stash_type: Int"),
        Onnx(
            "RNN",
            RecurrentRows.Rnn,
            3,
            6,
            Refused,
            "activation_alpha: Floats, activation_beta: Floats, activations: Strings, clip: Float, direction: String, hidden_size: Int, layout: Int, output_sequence: Int"
        ) with
        {
            MostOutputs = 2,
            GivesAll = true,
        },
        Onnx("Reciprocal", LookupRows.Reciprocal, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("ReduceL1", ReduceRows.L1, 1, 2, Refused, Reductions) with
        {
            TakesNumbers = true,
        },
        Onnx("ReduceL2", ReduceRows.L2, 1, 2, Refused, Reductions),
        Onnx("ReduceLogSum", ReduceRows.LogSum, 1, 2, Refused, Reductions),
        Onnx("ReduceLogSumExp", ReduceRows.LogSumExp, 1, 2, Refused, Reductions),
        Onnx("ReduceMax", ReduceRows.Max, 1, 2, Stored, Reductions) with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("ReduceMean", ReduceRows.Mean, 1, 2, Refused, Reductions),
        Onnx("ReduceMin", ReduceRows.Min, 1, 2, Stored, Reductions) with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("ReduceProd", ReduceRows.Product, 1, 2, Refused, Reductions) with
        {
            TakesNumbers = true,
        },
        Onnx("ReduceSum", ReduceRows.Sum, 1, 2, Refused, Reductions) with
        {
            TakesNumbers = true,
        },
        Onnx("ReduceSumSquare", ReduceRows.SumSquare, 1, 2, Refused, Reductions) with
        {
            TakesNumbers = true,
        },
        Onnx("Relu", ElementwiseRows.Relu, 1, 1, Stored) with
        {
            TakesNumbers = true,
            Results = ResultValues.Limited,
            KeepsChannels = true,
        },
        Onnx("Reshape", ViewRows.Reshape, 2, 2, Stored, "allowzero: Int") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx(
            "Resize",
            ResizeRows.Resize,
            1,
            4,
            Stored,
            "antialias: Int, axes: Ints, coordinate_transformation_mode: String, cubic_coeff_a: Float, exclude_outside: Int, "
                + "extrapolation_value: Float, keep_aspect_ratio_policy: String, mode: String, nearest_mode: String"
        ) with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
            BlendingModes = Blending,
        },
        Onnx("Round", LookupRows.Round, 1, 1, Refused),
        Onnx("Selu", LookupRows.Selu, 1, 1, Refused, "alpha: Float, gamma: Float") with
        {
            KeepsChannels = true,
        },
        Onnx("Shape", FoldMoves.Shape, 1, 1, Stored, "end: Int, start: Int") with
        {
            TakesNumbers = true,
        },
        Onnx("Shrink", LookupRows.Shrink, 1, 1, Refused, "bias: Float, lambd: Float") with
        {
            KeepsChannels = true,
        },
        Onnx("Sigmoid", LookupRows.Sigmoid, 1, 1, Refused) with
        {
            ResultSteps = ToOne,
            KeepsChannels = true,
        },
        Onnx("Sign", LookupRows.Sign, 1, 1, Refused) with
        {
            TakesNumbers = true,
            ResultSteps = AroundZero,
            KeepsChannels = true,
        },
        Onnx(
            "SimplifiedLayerNormalization",
            n => n.Instead(FusedRows.RootMeanSquare),
            2,
            2,
            Refused,
            "axis: Int, epsilon: Float, stash_type: Int"
        ) with
        {
            MostOutputs = 2,
        },
        Onnx("Sin", LookupRows.Sin, 1, 1, Refused) with
        {
            ResultSteps = AroundZero,
            KeepsChannels = true,
        },
        Onnx("Sinh", LookupRows.Sinh, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Size", FoldMoves.Size, 1, 1, Stored) with
        {
            TakesNumbers = true,
        },
        Onnx("Slice", SelectRows.Slice, 1, 5, Stored, "axes: Ints, ends: Ints, starts: Ints") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Softmax", SoftmaxRows.Softmax, 1, 1, Refused, "axis: Int") with
        {
            Results = ResultValues.Shares,
            ResultSteps = ToOne,
        },
        Onnx("Softplus", LookupRows.Softplus, 1, 1, Refused),
        Onnx("Softsign", LookupRows.Softsign, 1, 1, Refused) with
        {
            ResultSteps = AroundZero,
        },
        Onnx("SpaceToDepth", ViewRows.SpaceToDepth, 1, 1, Stored, "blocksize: Int") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Split", SelectRows.Split, 1, 2, Stored, "axis: Int, num_outputs: Int, split: Ints") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
            MostOutputs = Any,
            GivesAll = true,
        },
        Onnx("Sqrt", LookupRows.Sqrt, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Squeeze", ViewRows.Squeeze, 1, 2, Stored, "axes: Ints") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Sub", ConstantOperandRows.Sub, 2, 2, Refused) with
        {
            TakesNumbers = true,
            KeepsChannels = true,
        },
        Onnx("Sum", OperandRows.Sum, 1, Any, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Tan", LookupRows.Tan, 1, 1, Refused) with
        {
            KeepsChannels = true,
        },
        Onnx("Tanh", LookupRows.Tanh, 1, 1, Refused) with
        {
            ResultSteps = AroundZero,
            KeepsChannels = true,
        },
        Onnx("ThresholdedRelu", LookupRows.ThresholdedRelu, 1, 1, Refused, "alpha: Float") with
        {
            KeepsChannels = true,
        },
        Onnx("Tile", SelectRows.Tile, 2, 2, Stored) with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("TopK", TopRows.TopK, 1, 2, Refused, "axis: Int, k: Int, largest: Int, sorted: Int") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
            MostOutputs = 2,
            GivesAll = true,
        },
        Onnx("Transpose", ViewRows.Transpose, 1, 1, Stored, "perm: Ints") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Unsqueeze", ViewRows.Unsqueeze, 1, 2, Stored, "axes: Ints") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
        },
        Onnx("Upsample", ResizeRows.Resize, 1, 2, Stored, "mode: String, scales: Floats") with
        {
            TakesNumbers = true,
            Results = ResultValues.Moved,
            BlendingModes = Blending,
        },
        Onnx("Where", LogicRows.Where, 3, 3, Refused) with
        {
            TakesNumbers = true,
        },
        Onnx("Xor", LogicRows.Xor, 2, 2, Refused) with
        {
            TakesNumbers = true,
        },
        Fused(
            "Attention",
            FusedRows.Attention,
            2,
            7,
            "do_rotary: Int, mask_filter_value: Float, num_heads: Int, past_present_share_buffer: Int, qkv_hidden_sizes: Ints, rotary_embedding_dim: Int, scale: Float, unidirectional: Int"
        ),
        Fused("BiasGelu", FusedRows.BiasGelu, 2, 2),
        Microsoft("DequantizeLinear", QuantizationRows.DequantizeLinear, 2, 3, "axis: Int"),
        Fused("FastGelu", FusedRows.FastGelu, 1, 2),
        Fused("FusedConv", FusedRows.Conv, 2, 4, $"{Windows}, activation: String, activation_params: Floats, group: Int"),
        Fused(
            "FusedGemm",
            FusedRows.Gemm,
            2,
            3,
            "activation: String, activation_alpha: Float, activation_beta: Float, activation_gamma: Float, alpha: Float, beta: Float, transA: Int, transB: Int"
        ),
        Fused("FusedMatMul", FusedRows.MatMul, 2, 2, "alpha: Float, transA: Int, transB: Int, transBatchA: Int, transBatchB: Int"),
        Fused("Gelu", FusedRows.Gelu, 1, 1),
        Microsoft("MatMulNBits", NarrowProductRows.MatMul, 3, 6, "K: Int, N: Int, accuracy_level: Int, bits: Int, block_size: Int") with
        {
            Integers = Refused,
        },
        Microsoft("NhwcMaxPool", PoolRows.MaxPool, 1, 1, $"{Windows}, ceil_mode: Int, storage_order: Int") with
        {
            Integers = Stored,
            Results = ResultValues.Moved,
        },
        Microsoft("QGemm", QLinearRows.Gemm, 6, 9, "alpha: Float, transA: Int, transB: Int"),
        Microsoft("QLinearAdd", QLinearRows.Add, 7, 8),
        Microsoft(
            "QLinearAveragePool",
            QLinearRows.AveragePool,
            4,
            5,
            $"{Windows}, ceil_mode: Int, channels_last: Int, count_include_pad: Int"
        ),
        Microsoft("QLinearConcat", ConcatRows.QLinearConcat, 5, Any, "axis: Int"),
        Microsoft("QLinearConv", QLinearRows.Conv, 8, 9, $"{Windows}, channels_last: Int, group: Int"),
        Microsoft("QLinearGlobalAveragePool", QLinearRows.GlobalAveragePool, 4, 5, "channels_last: Int"),
        Microsoft("QLinearLeakyRelu", LookupRows.QLinearLeakyRelu, 4, 5, "alpha: Float"),
        Microsoft("QLinearMul", MulRows.QLinearMul, 7, 8),
        Microsoft("QLinearSigmoid", LookupRows.QLinearSigmoid, 4, 5),
        Microsoft("QLinearSoftmax", QLinearRows.Softmax, 5, 5, "axis: Int, opset: Int"),
        Microsoft("QuantizeLinear", QuantizationRows.QuantizeLinear, 2, 3, "axis: Int") with
        {
            Integers = Refused,
        },
        Fused("QuickGelu", FusedRows.QuickGelu, 1, 1, "alpha: Float"),
        Fused("SkipLayerNormalization", FusedRows.SkipLayer, 3, 5, "epsilon: Float") with
        {
            MostOutputs = 4,
            GivesAll = true,
        },
        Fused("SkipSimplifiedLayerNormalization", FusedRows.SkipRootMeanSquare, 3, 4, "epsilon: Float") with
        {
            MostOutputs = 4,
            GivesAll = true,
        },
        Fused("TransposeMatMul", FusedRows.MatMul, 2, 2, "alpha: Float, transA: Int, transB: Int"),
        new("tflite", "LSTM", 3, 8, 1, Refused, Parse("cell_clip: Float, hidden_size: Int")) { Import = RecurrentRows.Lstm },
    ];

    /// <summary>What to do about some operators that are not read.</summary>
    private static readonly FrozenDictionary<string, string> Advice = new (string Operator, string Text)[]
    {
        ("ConvInteger", "Quantise statically (QDQ format) instead of dynamically."),
        ("MatMulInteger", "Quantise statically (QDQ format) instead of dynamically."),
        ("DynamicQuantizeLinear", "Quantise statically (QDQ format) instead of dynamically."),
        ("NonMaxSuppression", "Remove it and run it in the application on the network's outputs."),
    }.ToFrozenDictionary(a => a.Operator, a => a.Text);

    private static readonly FrozenDictionary<(string, string), OnnxOperator> ByName = Rows.ToFrozenDictionary(r => (r.Domain, r.Operator));

    /// <summary>The operator, or null where it is not known.</summary>
    public static OnnxOperator? Of(OnnxNode node) => ByName.GetValueOrDefault((node.Domain, node.Operator));

    /// <summary>Of an operator that is not known too.</summary>
    public static ResultValues ResultsOf(OnnxNode node) => Of(node)?.ResultsOf(node) ?? ResultValues.Computed;

    public static string AdviceFor(string op, string domain) =>
        domain == "com.microsoft.nchwc"
            ? "It is of a layout that ONNX Runtime made for one processor: save the model at the level ORT_ENABLE_EXTENDED."
        : Advice.TryGetValue(op, out var text) ? text
        : "Replace it by supported operators before export, or run it outside the network.";

    /// <summary>Names of all supported operators, sorted.</summary>
    public static string Supported { get; } =
        string.Join(
            ", ",
            Rows.Where(r => r.Import is not null)
                .Select(r => r.Domain.Length == 0 ? r.Operator : $"{r.Domain}.{r.Operator}")
                .Order(StringComparer.Ordinal)
        );

    private static OnnxOperator Onnx(
        string op,
        Action<NodeImport>? import,
        int fewest,
        int most,
        IntegerOperands integers,
        string attributes = ""
    ) => new("", op, fewest, most, 1, integers, Parse(attributes)) { Import = import };

    private static OnnxOperator Microsoft(string op, Action<NodeImport> import, int fewest, int most, string attributes = "") =>
        new("com.microsoft", op, fewest, most, 1, Quantized, Parse(attributes)) { Import = import };

    private static OnnxOperator Fused(string op, Action<Expansion> expand, int fewest, int most, string attributes = "") =>
        new("com.microsoft", op, fewest, most, 1, Refused, Parse(attributes)) { Import = n => n.Instead(expand) };

    internal static FrozenDictionary<string, OnnxAttributeType> Parse(string attributes) =>
        attributes
            .Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(a => a.Split(": "))
            .ToFrozenDictionary(a => a[0], a => Enum.Parse<OnnxAttributeType>(a[1]));
}
