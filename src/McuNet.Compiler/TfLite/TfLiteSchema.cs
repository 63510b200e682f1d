using static McuNet.Compiler.TfLite.FlatSchema;

namespace McuNet.Compiler.TfLite;

/// <summary>The tables of the format, version 3, as far as they are read; a field's place in its line is its id.</summary>
internal static class TfLiteSchema
{
    public const string Identifier = "TFL3";

    private static readonly FlatSchema Fused = Table("FusedOptions", "fused_activation_function: Byte");
    private static readonly FlatSchema Splits = Table("SplitOptions", "num_splits: Int");
    private static readonly FlatSchema Arg = Table("ArgOptions", "output_type: Byte");

    /// <summary>Options of operators by their number in the union; an operator without a line has none that are read.</summary>
    private static readonly FlatSchema Options = Union(
        "BuiltinOptions",
        (
            1,
            Table(
                "Conv2DOptions",
                """
                padding: Byte, stride_w: Int, stride_h: Int, fused_activation_function: Byte, dilation_w_factor: Int, dilation_h_factor: Int
                """
            )
        ),
        (
            2,
            Table(
                "DepthwiseConv2DOptions",
                """
                padding: Byte, stride_w: Int, stride_h: Int, depth_multiplier: Int, fused_activation_function: Byte, dilation_w_factor: Int, dilation_h_factor: Int
                """
            )
        ),
        (
            5,
            Table(
                "Pool2DOptions",
                "padding: Byte, stride_w: Int, stride_h: Int, filter_width: Int, filter_height: Int, fused_activation_function: Byte"
            )
        ),
        (8, Table("FullyConnectedOptions", "fused_activation_function: Byte, weights_format: Byte, keep_num_dims: Byte")),
        (9, Table("SoftmaxOptions", "beta: Float")),
        (10, Table("ConcatenationOptions", "axis: Int, fused_activation_function: Byte")),
        (11, Fused),
        (15, Table("ResizeBilinearOptions", "new_height: Int, new_width: Int, align_corners: Byte, half_pixel_centers: Byte")),
        (19, Table("SpaceToDepthOptions", "block_size: Int")),
        (21, Fused),
        (23, Table("GatherOptions", "axis: Int, batch_dims: Int")),
        (27, Table("ReducerOptions", "keep_dims: Byte")),
        (28, Fused),
        (29, Fused),
        (
            32,
            Table(
                "StridedSliceOptions",
                "begin_mask: Int, end_mask: Int, ellipsis_mask: Int, new_axis_mask: Int, shrink_axis_mask: Int, offset: Byte"
            )
        ),
        (35, Splits),
        (40, Arg),
        (49, Table("TransposeConvOptions", "padding: Byte, stride_w: Int, stride_h: Int, fused_activation_function: Byte")),
        (57, Arg),
        (59, Table("PackOptions", "values_count: Int, axis: Int")),
        (64, Table("UnpackOptions", "num: Int, axis: Int")),
        (
            71,
            Table(
                "UnidirectionalSequenceLSTMOptions",
                """
                fused_activation_function: Byte, cell_clip: Float, proj_clip: Float, time_major: Byte, asymmetric_quantize_inputs: Byte,
                diagonal_recurrent_tensors: Byte
                """
            )
        ),
        (74, Table("ResizeNearestNeighborOptions", "align_corners: Byte, half_pixel_centers: Byte")),
        (75, Table("LeakyReluOptions", "alpha: Float")),
        (77, Table("MirrorPadOptions", "mode: Byte")),
        (79, Splits),
        (94, Table("DepthToSpaceOptions", "block_size: Int")),
        (101, Table("BatchMatMulOptions", "adj_x: Byte, adj_y: Byte")),
        (103, Table("CallOnceOptions", "init_subgraph_index: Int")),
        (111, Table("VarHandleOptions", "container: Text, shared_name: Text")),
        (116, Table("GeluOptions", "approximate: Byte"))
    );

    private static readonly FlatSchema Quantization = Table(
        "QuantizationParameters",
        "min: Presence, max: Presence, scale: Floats, zero_point: Longs, details_type: UByte, details: Presence, quantized_dimension: Int"
    );

    private static readonly FlatSchema Tensor = Table(
        "Tensor",
        """
        shape: Ints, type: Byte, buffer: UInt, name: Text, quantization: Table of QuantizationParameters, is_variable: Byte, sparsity: Presence,
        shape_signature: Ints, has_rank: Byte, variant_tensors: Presence, external_buffer: UInt
        """,
        Quantization
    );

    private static readonly FlatSchema Operator = Table(
        "Operator",
        "opcode_index: UInt, inputs: Ints, outputs: Ints, builtin_options_type: UByte, builtin_options: Union of BuiltinOptions",
        Options
    );

    private static readonly FlatSchema SubGraph = Table(
        "SubGraph",
        "tensors: Tables of Tensor, inputs: Ints, outputs: Ints, operators: Tables of Operator, name: Text",
        Tensor,
        Operator
    );

    public static readonly FlatSchema Model = Table(
        "Model",
        "version: UInt, operator_codes: Tables of OperatorCode, subgraphs: Tables of SubGraph, description: Text, buffers: Tables of Buffer",
        Table("OperatorCode", "deprecated_builtin_code: Byte, custom_code: Text, version: Int, builtin_code: Int"),
        SubGraph,
        Table("Buffer", "data: Bytes, offset: ULong, size: ULong")
    );
}
