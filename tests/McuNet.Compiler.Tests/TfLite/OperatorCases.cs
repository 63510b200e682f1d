using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Tests.TfLite;

/// <summary>A model of one operator between real numbers with operands and a result worked by hand; all in the order of the model's own
/// tensors.</summary>
internal sealed record OperatorCase(string Name, TfLiteBytes Model, float[][] Operands, float[] Result);

/// <summary>At least one case for every operator that is read.</summary>
internal static class OperatorCases
{
    private static readonly int[] One = [1, 4];

    private static float[] Counting(int count) => [.. Enumerable.Range(0, count).Select(i => (float)i)];

    public static IEnumerable<OperatorCase> All() =>
        [
            Unary("ABS", [-1, 2, -3, 4], [1, 2, 3, 4]),
            Unary("CEIL", [-1.5f, 1.2f, 0, 2], [-1, 2, 0, 2]),
            Unary("COS", [0, 1, 2, 3], [1, 0.5403023f, -0.41614684f, -0.9899925f]),
            Unary("ELU", [-1, 0, 1, 2], [-0.63212055f, 0, 1, 2]),
            Unary("EXP", [0, 1, -1, 2], [1, 2.7182817f, 0.36787945f, 7.389056f]),
            Unary("FLOOR", [-1.5f, 1.2f, 0, 2], [-2, 1, 0, 2]),
            Unary("HARD_SWISH", [-4, -1, 1, 4], [0, -1f / 3, 2f / 3, 4]),
            Unary("LOG", [1, 2.7182817f, 4, 0.5f], [0, 1, 1.3862944f, -0.6931472f]),
            Unary("LOGISTIC", [0, 1, -1, 2], [0.5f, 0.7310586f, 0.26894143f, 0.880797f]),
            Unary("NEG", [-1, 2, -3, 4], [1, -2, 3, -4]),
            Unary("RELU", [-1, 2, -3, 7], [0, 2, 0, 7]),
            Unary("RELU6", [-1, 2, -3, 7], [0, 2, 0, 6]),
            Unary("RELU_0_TO_1", [-1, 0.5f, -3, 7], [0, 0.5f, 0, 1]),
            Unary("RELU_N1_TO_1", [-1.5f, 0.5f, -3, 7], [-1, 0.5f, -1, 1]),
            Unary("ROUND", [0.5f, 1.5f, -0.5f, 2.6f], [0, 2, 0, 3]),
            Unary("RSQRT", [1, 4, 0.25f, 16], [1, 0.5f, 2, 0.25f]),
            Unary("SIN", [0, 1, 2, 3], [0, 0.84147096f, 0.9092974f, 0.14112f]),
            Unary("SQRT", [1, 4, 0.25f, 16], [1, 2, 0.5f, 4]),
            Unary("SQUARE", [1, -4, 0.5f, 3], [1, 16, 0.25f, 9]),
            Unary("TANH", [0, 1, -1, 2], [0, 0.7615942f, -0.7615942f, 0.9640276f]),
            Unary("QUANTIZE", [1, 2, 3, 4], [1, 2, 3, 4]),
            Unary("DEQUANTIZE", [1, 2, 3, 4], [1, 2, 3, 4]),
            Unary("GELU", [0, 1, -1, 2], [0, 0.8413447f, -0.15865526f, 1.9544997f], new(116)),
            Unary("LEAKY_RELU", [-1, 2, -4, 7], [-0.25f, 2, -1, 7], new(75, (0, 0.25f))),
            Unary("SOFTMAX", [0, 0, 0.34657359f, 0], [0.2f, 0.2f, 0.4f, 0.2f], new(9, (0, 2f))),
            Unary("LOG_SOFTMAX", [0, 0, 0, 0], [-1.3862944f, -1.3862944f, -1.3862944f, -1.3862944f]),
            Binary("ADD", 11, [1, 2, 3, 4], [-5, 1, 1, 1], [0, 3, 4, 5]),
            Binary("SUB", 28, [1, 2, 3, 4], [5, 1, 1, 1], [0, 1, 2, 3]),
            Binary("MUL", 21, [1, 2, 3, 4], [-5, 1, 2, 3], [0, 2, 6, 12]),
            Binary("DIV", 29, [1, 2, 3, 4], [-5, 1, 2, 4], [0, 2, 1.5f, 1]),
            Binary("MAXIMUM", 0, [1, 2, 3, 4], [-5, 5, 2, 4], [1, 5, 3, 4]),
            Binary("MINIMUM", 0, [1, 2, 3, 4], [-5, 5, 2, 4], [-5, 2, 2, 4]),
            Binary("SQUARED_DIFFERENCE", 0, [1, 2, 3, 4], [-5, 5, 2, 4], [36, 9, 1, 0]),
            new(
                "PRELU",
                new TfLiteBytes()
                    .Real("x", 1, 1, 2, 2)
                    .Real("slope", [1, 1, 2], 0.5f, 0.25f)
                    .Real("y", 1, 1, 2, 2)
                    .Operator("PRELU", [0, 1], [2])
                    .Ports([0], [2]),
                [
                    [-2, -4, 2, -8],
                ],
                [-1, -1, 2, -2]
            ),
            new(
                "CONV_2D",
                new TfLiteBytes()
                    .Real("x", 1, 3, 3, 1)
                    .Real("w", [1, 2, 2, 1], 1, 2, 3, 4)
                    .Real("b", [1], 0.5f)
                    .Real("y", 1, 2, 2, 1)
                    .Operator("CONV_2D", [0, 1, 2], [3], new(1, (0, (byte)0), (1, 2), (2, 2), (3, (byte)1), (4, 1), (5, 1)))
                    .Ports([0], [3]),
                [Counting(9)],
                [0 + 2 + 9 + 16 + 0.5f, 2 + 15 + 0.5f, 6 + 14 + 0.5f, 8.5f]
            ),
            new(
                "CONV_2D of groups",
                new TfLiteBytes()
                    .Real("x", 1, 1, 2, 2)
                    .Real("w", [2, 1, 1, 1], 10, 100)
                    .Real("y", 1, 1, 2, 2)
                    .Operator("CONV_2D", [0, 1], [2], new(1, (0, (byte)1), (1, 1), (2, 1)))
                    .Ports([0], [2]),
                [
                    [1, 2, 3, 4],
                ],
                [10, 200, 30, 400]
            ),
            new(
                "DEPTHWISE_CONV_2D",
                new TfLiteBytes()
                    .Real("x", 1, 1, 2, 2)
                    .Real("w", [1, 1, 2, 4], 1, 2, 3, 4, 5, 6, 7, 8)
                    .Real("b", [4], 0, 0, 0, 0.5f)
                    .Real("y", 1, 1, 1, 4)
                    .Operator("DEPTHWISE_CONV_2D", [0, 1, 2], [3], new(2, (0, (byte)1), (1, 1), (2, 1), (3, 2)))
                    .Ports([0], [3]),
                [
                    [1, 10, 2, 20],
                ],
                [1 + 10, 2 + 12, 30 + 140, 40 + 160 + 0.5f]
            ),
            new(
                "FULLY_CONNECTED",
                new TfLiteBytes()
                    .Real("x", 1, 2, 2)
                    .Real("w", [2, 4], 1, 2, 3, 4, -1, -1, -1, -1)
                    .Real("b", [2], 1, 1)
                    .Real("y", 1, 2)
                    .Operator("FULLY_CONNECTED", [0, 1, 2], [3], new(8, (0, (byte)1)))
                    .Ports([0], [3]),
                [
                    [1, 2, 3, 4],
                ],
                [31, 0]
            ),
            new(
                "TRANSPOSE_CONV",
                new TfLiteBytes()
                    .Integers("shape", [4], 1, 4, 4, 1)
                    .Real("w", [1, 2, 2, 1], 1, 2, 3, 4)
                    .Real("x", 1, 2, 2, 1)
                    .Real("y", 1, 4, 4, 1)
                    .Operator("TRANSPOSE_CONV", [0, 1, 2], [3], new(49, (0, (byte)0), (1, 2), (2, 2)))
                    .Ports([2], [3]),
                [
                    [1, 2, 3, 4],
                ],
                [1, 2, 2, 4, 3, 4, 6, 8, 3, 6, 4, 8, 9, 12, 12, 16]
            ),
            new(
                "TRANSPOSE_CONV, SAME",
                new TfLiteBytes()
                    .Integers("shape", [4], 1, 1, 4, 1)
                    .Real("w", [1, 1, 3, 1], 1, 2, 3)
                    .Real("x", 1, 1, 2, 1)
                    .Real("y", 1, 1, 4, 1)
                    .Operator("TRANSPOSE_CONV", [0, 1, 2], [3], new(49, (0, (byte)0), (1, 2), (2, 1)))
                    .Ports([2], [3]),
                [
                    [1, 10],
                ],
                [1, 2, 13, 20]
            ),
            new(
                "BATCH_MATMUL",
                new TfLiteBytes()
                    .Real("x", 1, 2, 2)
                    .Real("w", [1, 2, 2], 1, 2, 3, 4)
                    .Real("y", 1, 2, 2)
                    .Operator("BATCH_MATMUL", [0, 1], [2], new(101, (0, false), (1, true)))
                    .Ports([0], [2]),
                [
                    [1, 0, 0, 1],
                ],
                [1, 3, 2, 4]
            ),
            new(
                "AVERAGE_POOL_2D",
                new TfLiteBytes()
                    .Real("x", 1, 3, 3, 1)
                    .Real("y", 1, 2, 2, 1)
                    .Operator("AVERAGE_POOL_2D", [0], [1], new(5, (0, (byte)0), (1, 2), (2, 2), (3, 2), (4, 2)))
                    .Ports([0], [1]),
                [Counting(9)],
                [2, 3.5f, 6.5f, 8]
            ),
            new(
                "MAX_POOL_2D",
                new TfLiteBytes()
                    .Real("x", 1, 3, 3, 1)
                    .Real("y", 1, 1, 1, 1)
                    .Operator("MAX_POOL_2D", [0], [1], new(5, (0, (byte)1), (1, 2), (2, 2), (3, 2), (4, 2), (5, (byte)3)))
                    .Ports([0], [1]),
                [
                    [9, 1, 0, 0, 3, 0, 0, 0, 0],
                ],
                [6]
            ),
            new(
                "RESIZE_NEAREST_NEIGHBOR",
                new TfLiteBytes()
                    .Real("x", 1, 1, 2, 1)
                    .Integers("size", [2], 2, 4)
                    .Real("y", 1, 2, 4, 1)
                    .Operator("RESIZE_NEAREST_NEIGHBOR", [0, 1], [2], new(74))
                    .Ports([0], [2]),
                [
                    [1, 2],
                ],
                [1, 1, 2, 2, 1, 1, 2, 2]
            ),
            new(
                "RESIZE_BILINEAR",
                new TfLiteBytes()
                    .Real("x", 1, 1, 2, 1)
                    .Integers("size", [2], 1, 4)
                    .Real("y", 1, 1, 4, 1)
                    .Operator("RESIZE_BILINEAR", [0, 1], [2], new(15, (3, true)))
                    .Ports([0], [2]),
                [
                    [0, 4],
                ],
                [0, 1, 3, 4]
            ),
            new(
                "RESIZE_BILINEAR without half pixels",
                new TfLiteBytes()
                    .Real("x", 1, 1, 2, 1)
                    .Integers("size", [2], 1, 4)
                    .Real("y", 1, 1, 4, 1)
                    .Operator("RESIZE_BILINEAR", [0, 1], [2], new(15))
                    .Ports([0], [2]),
                [
                    [0, 4],
                ],
                [0, 2, 4, 4]
            ),
            Reduced("MEAN", [1.5f, 3.5f]),
            Reduced("SUM", [3, 7]),
            Reduced("REDUCE_MAX", [2, 4]),
            Reduced("REDUCE_MIN", [1, 3]),
            new(
                "ARG_MAX",
                new TfLiteBytes()
                    .Real("x", 1, 4)
                    .Integers("axis", [], 1)
                    .Tensor("y", Compiler.TfLite.TfLiteType.Int32, [1])
                    .Operator("ARG_MAX", [0, 1], [2], new(40, (0, (byte)2)))
                    .Ports([0], [2]),
                [
                    [1, 5, 5, 2],
                ],
                [1]
            ),
            new(
                "ARG_MIN",
                new TfLiteBytes()
                    .Real("x", 1, 4)
                    .Integers("axis", [1], -1)
                    .Tensor("y", Compiler.TfLite.TfLiteType.Int64, [1])
                    .Operator("ARG_MIN", [0, 1], [2], new(57, (0, (byte)4)))
                    .Ports([0], [2]),
                [
                    [4, 5, 1, 2],
                ],
                [2]
            ),
            Shaped("RESHAPE", [2, 2]),
            Shaped("SQUEEZE", [4], new(30)),
            Shaped("EXPAND_DIMS", [1, 1, 4], null, 1),
            Moved("TRANSPOSE", [2, 3], [3, 2], [1, 0], [0, 3, 1, 4, 2, 5]),
            Moved("TILE", [1, 2], [1, 4], [1, 2], [0, 1, 0, 1]),
            Moved("PAD", [2, 2], [2, 4], [0, 0, 1, 1], [0, 0, 1, 0, 0, 2, 3, 0], dims: [2, 2]),
            Moved("MIRROR_PAD", [1, 3], [1, 5], [0, 0, 1, 1], [1, 0, 1, 2, 1], dims: [2, 2], options: new(77)),
            Moved("GATHER", [2, 2], [2, 2], [1, 0], [2, 3, 0, 1], options: new(23)),
            new(
                "PADV2",
                new TfLiteBytes()
                    .Real("x", 1, 2)
                    .Integers("around", [2, 2], 0, 0, 1, 0)
                    .Real("with", [], 7)
                    .Real("y", 1, 3)
                    .Operator("PADV2", [0, 1, 2], [3])
                    .Ports([0], [3]),
                [
                    [1, 2],
                ],
                [7, 1, 2]
            ),
            new(
                "CONCATENATION",
                new TfLiteBytes()
                    .Real("a", 1, 1, 2, 1)
                    .Real("b", 1, 1, 2, 2)
                    .Real("y", 1, 1, 2, 3)
                    .Operator("CONCATENATION", [0, 1], [2], new(10, (0, -1)))
                    .Ports([0, 1], [2]),
                [
                    [1, 2],
                    [3, 4, 5, 6],
                ],
                [1, 3, 4, 2, 5, 6]
            ),
            new(
                "PACK",
                new TfLiteBytes()
                    .Real("a", 1, 2)
                    .Real("b", 1, 2)
                    .Real("y", 1, 2, 2)
                    .Operator("PACK", [0, 1], [2], new(59, (0, 2), (1, 1)))
                    .Ports([0, 1], [2]),
                [
                    [1, 2],
                    [3, 4],
                ],
                [1, 2, 3, 4]
            ),
            new(
                "UNPACK",
                new TfLiteBytes()
                    .Real("x", 1, 2, 2)
                    .Real("y", 1, 2)
                    .Real("z", 1, 2)
                    .Operator("UNPACK", [0], [1, 2], new(64, (0, 2), (1, 1)))
                    .Ports([0], [2]),
                [
                    [1, 2, 3, 4],
                ],
                [3, 4]
            ),
            new(
                "SPLIT",
                new TfLiteBytes()
                    .Integers("axis", [], 1)
                    .Real("x", 1, 4)
                    .Real("y", 1, 2)
                    .Real("z", 1, 2)
                    .Operator("SPLIT", [0, 1], [2, 3], new(35, (0, 2)))
                    .Ports([1], [3]),
                [
                    [1, 2, 3, 4],
                ],
                [3, 4]
            ),
            new(
                "SPLIT_V",
                new TfLiteBytes()
                    .Real("x", 1, 4)
                    .Integers("sizes", [2], 1, -1)
                    .Integers("axis", [], 1)
                    .Real("y", 1, 1)
                    .Real("z", 1, 3)
                    .Operator("SPLIT_V", [0, 1, 2], [3, 4], new(79, (0, 2)))
                    .Ports([0], [4]),
                [
                    [1, 2, 3, 4],
                ],
                [2, 3, 4]
            ),
            new(
                "SLICE",
                new TfLiteBytes()
                    .Real("x", 1, 4)
                    .Integers("begin", [2], 0, 1)
                    .Integers("size", [2], -1, 2)
                    .Real("y", 1, 2)
                    .Operator("SLICE", [0, 1, 2], [3])
                    .Ports([0], [3]),
                [
                    [1, 2, 3, 4],
                ],
                [2, 3]
            ),
            Strided("begin and end", [0, 1], [1, 3], [1, 1], [1, 2], [2, 3]),
            Strided("from the end", [0, -2], [0, 0], [1, 1], [1, 2], [3, 4], end: 3),
            Strided("a stride, no begin", [0, 9], [1, 4], [1, 2], [1, 2], [1, 3], begin: 2),
            Strided("one element of an axis", [0, -1], [1, 9], [1, 1], [1], [4], shrink: 2),
            Strided("an offset for an end", [0, 1], [1, 2], [1, 1], [1, 2], [2, 3], offset: true),
            Strided("backwards", [0, 3], [1, 1], [1, -1], [1, 2], [4, 3]),
            new(
                "DEPTH_TO_SPACE",
                new TfLiteBytes()
                    .Real("x", 1, 1, 1, 4)
                    .Real("y", 1, 2, 2, 1)
                    .Operator("DEPTH_TO_SPACE", [0], [1], new(94, (0, 2)))
                    .Ports([0], [1]),
                [
                    [1, 2, 3, 4],
                ],
                [1, 2, 3, 4]
            ),
            new(
                "SPACE_TO_DEPTH",
                new TfLiteBytes()
                    .Real("x", 1, 2, 2, 1)
                    .Real("y", 1, 1, 1, 4)
                    .Operator("SPACE_TO_DEPTH", [0], [1], new(19, (0, 2)))
                    .Ports([0], [1]),
                [
                    [1, 2, 3, 4],
                ],
                [1, 2, 3, 4]
            ),
            new(
                "UNIDIRECTIONAL_SEQUENCE_LSTM",
                Lstm(),
                [
                    [1, 1],
                ],
                LstmResult(double.MaxValue, 1, 1)
            ),
            new(
                "UNIDIRECTIONAL_SEQUENCE_LSTM with limited cells",
                Lstm(0.75f),
                [
                    [1, 1],
                ],
                LstmResult(0.75, 1, 1)
            ),
        ];

    /// <summary>The same with int8 or int16 operands and results, and models of more than one operator, are in
    /// GraphStatementTests.</summary>
    private static OperatorCase Unary(string op, float[] operand, float[] result, TfLiteOptions? options = null) =>
        new(op, new TfLiteBytes().Real("x", One).Real("y", One).Operator(op, [0], [1], options).Ports([0], [1]), [operand], result);

    /// <summary>With a RELU behind it where there are options.</summary>
    private static OperatorCase Binary(string op, int options, float[] first, float[] second, float[] result) =>
        new(
            op,
            new TfLiteBytes()
                .Real("a", One)
                .Real("b", One)
                .Real("y", One)
                .Operator(op, [0, 1], [2], options == 0 ? null : new(options, (0, (byte)1)))
                .Ports([0, 1], [2]),
            [first, second],
            result
        );

    private static OperatorCase Reduced(string op, float[] result) =>
        new(
            op,
            new TfLiteBytes()
                .Real("x", 1, 2, 2)
                .Integers("axes", [1], 2)
                .Real("y", 1, 2)
                .Operator(op, [0, 1], [2], new(27, (0, false)))
                .Ports([0], [2]),
            [
                [1, 2, 3, 4],
            ],
            result
        );

    private static OperatorCase Shaped(string op, int[] dims, TfLiteOptions? options = null, int axis = -1) =>
        new(
            op,
            new TfLiteBytes()
                .Real("x", One)
                .Integers("axis", [], axis)
                .Real("y", dims)
                .Operator(op, axis < 0 ? [0] : [0, 1], [2], options)
                .Ports([0], [2]),
            [
                [1, 2, 3, 4],
            ],
            [1, 2, 3, 4]
        );

    private static OperatorCase Moved(
        string op,
        int[] from,
        int[] to,
        int[] numbers,
        float[] result,
        int[]? dims = null,
        TfLiteOptions? options = null
    ) =>
        new(
            op,
            new TfLiteBytes()
                .Real("x", from)
                .Integers("numbers", dims ?? [numbers.Length], numbers)
                .Real("y", to)
                .Operator(op, [0, 1], [2], options)
                .Ports([0], [2]),
            [Counting(from.Aggregate(1, (a, b) => a * b))],
            result
        );

    private static OperatorCase Strided(
        string what,
        int[] begins,
        int[] ends,
        int[] strides,
        int[] dims,
        float[] result,
        int begin = 0,
        int end = 0,
        int shrink = 0,
        bool offset = false
    ) =>
        new(
            $"STRIDED_SLICE, {what}",
            new TfLiteBytes()
                .Real("x", 1, 4)
                .Integers("begin", [2], begins)
                .Integers("end", [2], ends)
                .Integers("strides", [2], strides)
                .Real("y", dims)
                .Operator("STRIDED_SLICE", [0, 1, 2, 3], [4], new(32, (0, begin), (1, end), (4, shrink), (5, offset)))
                .Ports([0], [4]),
            [
                [1, 2, 3, 4],
            ],
            result
        );

    /// <summary>One feature and one hidden value over two rows: gates of weights 1, 2, 3, 4 (input, forget, cell, output), recurrences of
    /// 0.5, 0.25, 0.125, 1.</summary>
    private static TfLiteBytes Lstm(float cellClip = 0)
    {
        var model = new TfLiteBytes().Real("x", 1, 2, 1);
        foreach (var weight in new[] { 1f, 2, 3, 4, 0.5f, 0.25f, 0.125f, 1 })
            model.Real($"w{weight}", [1, 1], weight);
        foreach (var bias in new[] { 0f, 1, 0, -1 })
            model.Real($"b{bias}", [1], bias);
        model.Real("h", 1, 1).Real("c", 1, 1).Real("y", 1, 2, 1);
        int[] inputs = [0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -1, -1, 9, 10, 11, 12, -1, -1, 13, 14, -1, -1, -1, -1];
        return model.Operator("UNIDIRECTIONAL_SEQUENCE_LSTM", inputs, [15], new(71, (0, (byte)4), (1, cellClip))).Ports([0], [15]);
    }

    private static float[] LstmResult(double limit, params double[] rows)
    {
        var (h, c, results) = (0.0, 0.0, new List<float>());
        foreach (var x in rows)
        {
            var (i, f, g, o) = (Sigmoid(x + 0.5 * h), Sigmoid(2 * x + 0.25 * h + 1), Math.Tanh(3 * x + 0.125 * h), Sigmoid(4 * x + h - 1));
            c = Math.Clamp(f * c + i * g, -limit, limit);
            h = o * Math.Tanh(c);
            results.Add((float)h);
        }

        return [.. results];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
