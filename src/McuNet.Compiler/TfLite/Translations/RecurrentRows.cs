using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.TfLite.Translations;

/// <summary>Recurrent layers on real numbers.</summary>
internal static class RecurrentRows
{
    /// <summary>Places of the operands of the gates in ONNX's order: input, output, forget, cell.</summary>
    private static readonly int[] Inputs = [1, 4, 2, 3],
        Recurrences = [5, 8, 6, 7],
        Biases = [12, 15, 13, 14],
        Peepholes = [9, 11, 10];

    /// <summary>Every inference begins with states of zero, as TFLite does after a reset.</summary>
    public static void Lstm(NodeStatement node)
    {
        var input = node.RequireRank(0, 3);
        foreach (var (option, operands) in new[] { ("projection", new[] { 16, 17 }), ("layer normalisation", [20, 21, 22, 23]) })
        {
            if (operands.Any(node.Has))
                throw node.Unsupported(option, "in use", "Convert the model without it.");
        }

        foreach (var operand in Inputs.Concat(Recurrences).Where(o => !node.Has(o)))
            throw node.Unsupported($"operand {operand}", "left out", "The four gates need weights of their own.");
        if (input.Type != TfLiteType.Float32)
            throw TensorStatement.NotSupported(
                input,
                "float32 into an LSTM; int8 LSTMs of TFLite round between gates in ways of their own"
            );
        if (node.Option("fused_activation_function") is var function && function != 4)
            throw node.Unsupported("fused_activation_function", function, "TANH (4) is supported.");
        if (node.Flag("diagonal_recurrent_tensors"))
            throw node.Unsupported("diagonal_recurrent_tensors", 1, "Only full matrices are supported.");
        var (features, hidden) = (input.Dims[2], node.RequireRank(5, 2).Dims[1]);
        foreach (var matrix in Inputs.Concat(Recurrences))
        {
            if (
                node.Tensor(matrix).Dims is not [var rows, var columns]
                || rows != hidden
                || columns != (Inputs.Contains(matrix) ? features : hidden)
            )
                throw node.BadDims(node.Tensor(matrix), $"[{hidden}, {(Inputs.Contains(matrix) ? features : hidden)}] is needed.");
        }

        var bias = Numbers(node, Biases, hidden);
        var isTimeMajor = node.Flag("time_major");
        var sequence = isTimeMajor ? node.Real(0) : node.Transposed(node.Real(0), [1, 0, 2]);
        ImmutableArray<string> stated =
        [
            sequence,
            node.Constant([1, 4 * hidden, features], Numbers(node, Inputs, hidden * features)),
            node.Constant([1, 4 * hidden, hidden], Numbers(node, Recurrences, hidden * hidden)),
            node.Constant([1, 8 * hidden], [.. bias, .. new float[4 * hidden]]),
            "",
            "",
            "",
            Peepholes.Any(node.Has) ? node.Constant([1, 3 * hidden], Numbers(node, Peepholes, hidden)) : "",
        ];
        var size = OnnxAttribute.Of("hidden_size", (long)hidden);
        var clip = node.Number("cell_clip");
        var result = clip > 0 ? node.AddOwn("LSTM", stated, size, OnnxAttribute.Of("cell_clip", clip)) : node.Add("LSTM", stated, size);
        var rowsFirst = node.Add("Squeeze", [result, node.Constant([1L])]);
        node.Return(isTimeMajor ? rowsFirst : node.Transposed(rowsFirst, [1, 0, 2]));
    }

    /// <summary>The numbers of several constants one after the other, zeros for those that are left out.</summary>
    private static float[] Numbers(NodeStatement node, int[] operands, int count) =>
        [
            .. operands.SelectMany(o =>
                !node.Has(o) ? new float[count]
                : node.Numbers(o, $"operand {o}") is var numbers && numbers.Length == count ? numbers
                : throw node.BadDims(node.Tensor(o), $"{count} numbers are needed.")
            ),
        ];
}
