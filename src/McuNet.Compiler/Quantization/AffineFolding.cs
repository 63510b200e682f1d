using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>
/// Takes batch normalisations and arithmetic with constants into the layer before them, else into the layer behind them, else makes them a
/// depthwise 1 x 1 convolution.
/// </summary>
internal static class AffineFolding
{
    public static void Run(OnnxEditor editor)
    {
        foreach (var node in editor.Nodes)
        {
            if (!editor.Holds(node) || ChannelAffine.Of(editor, node) is not var (operand, function))
                continue;
            var last = node;
            while (editor.OnlyUse(last.Outputs[0]) is { } next && ChannelAffine.Of(editor, next) is var (_, more))
                (last, function) = (next, function.Then(more));
            _ =
                IntoProducer(editor, operand, last, function)
                || IntoConsumer(editor, operand, node, last, function)
                || AsConvolution(editor, operand, node, last, function);
        }
    }

    private static bool IntoProducer(OnnxEditor editor, string operand, OnnxNode last, ChannelAffine function)
    {
        if (
            editor.OnlyUse(operand) is not { } first
            || editor.ProducerOf(operand) is not { } producer
            || LinearForm.Of(editor, producer) is not var (weights, values, bias)
        )
            return false;
        var channels = bias.Length;
        if (function.Count != 1 && function.Count != channels)
            return false;
        float[] scaled = [.. values.Select((w, i) => (float)(w * function.Factor(LinearForm.ChannelOf(producer, weights, i))))];
        float[] shifted = [.. bias.Select((b, c) => (float)(b * function.Factor(c) + function.Shift(c)))];
        RemoveChain(editor, first, last);
        LinearForm.Write(
            editor,
            producer,
            OnnxTensor.Of<float>("", OnnxType.Float, weights.Dims, scaled),
            shifted,
            producer.Inputs[0],
            last.Outputs[0]
        );
        return true;
    }

    private static bool IntoConsumer(OnnxEditor editor, string operand, OnnxNode first, OnnxNode last, ChannelAffine function)
    {
        if (
            editor.OnlyUse(last.Outputs[0]) is not { } consumer
            || LinearForm.Of(editor, consumer) is not var (weights, values, bias)
            || consumer.Operator == "ConvTranspose"
            || consumer.Inputs[0] != last.Outputs[0]
        )
            return false;
        var inputs = (int)weights.Dims[1];
        var group = LinearForm.GroupsOf(consumer);
        if ((function.Count != 1 && function.Count != inputs * group) || (function.HasShift && Pads(consumer)))
            return false;
        var (each, taps) = (values.Length / bias.Length, values.Length / bias.Length / inputs);
        var scaled = new float[values.Length];
        var sums = bias.Select(b => (double)b).ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var output = i / each;
            var channel = output / (bias.Length / group) * inputs + i % each / taps;
            scaled[i] = (float)(values[i] * function.Factor(channel));
            sums[output] += values[i] * function.Shift(channel);
        }

        RemoveChain(editor, first, last);
        LinearForm.Write(
            editor,
            consumer,
            OnnxTensor.Of<float>("", OnnxType.Float, weights.Dims, scaled),
            [.. sums.Select(s => (float)s)],
            operand,
            consumer.Outputs[0]
        );
        return true;
    }

    private static bool AsConvolution(OnnxEditor editor, string operand, OnnxNode first, OnnxNode last, ChannelAffine function)
    {
        var isTable = ReferenceEquals(first, last) && first.Operator == "Mul" && function is { Count: 1, HasShift: false };
        var (rank, channels) = (
            TensorFacts.Rank(editor, operand),
            function.Count > 1 ? function.Count : TensorFacts.Channels(editor, operand)
        );
        if (isTable || rank is not (3 or 4) || channels < 1)
            return false;
        var output = last.Outputs[0];
        ImmutableArray<long> dims = [channels, 1, .. Enumerable.Repeat(1L, rank - 2)];
        float[] factors = [.. Enumerable.Range(0, channels).Select(c => (float)function.Factor(c))];
        float[] shifts = [.. Enumerable.Range(0, channels).Select(c => (float)function.Shift(c))];
        var convolution = new OnnxNode(
            last.Name,
            "Conv",
            "",
            [operand, editor.AddReals(output + "_weight", dims, factors), editor.AddReals(output + "_bias", [channels], shifts)],
            [output],
            [OnnxAttribute.Of("group", (long)channels), OnnxAttribute.Of("kernel_shape", [.. Enumerable.Repeat(1L, rank - 2)])]
        );
        if (!ReferenceEquals(first, last))
            RemoveChain(editor, first, editor.ProducerOf(last.Inputs.First(i => editor.Constant(i) is null))!);
        editor.Replace(last, convolution);
        return true;
    }

    private static bool Pads(OnnxNode node) =>
        node.Attribute("auto_pad")?.Text is { } mode && mode is not ("" or "NOTSET" or "VALID")
        || node.Attribute("pads") is { } pads && pads.Ints.Any(p => p != 0);

    /// <summary>Removes the nodes from <paramref name="first"/> to <paramref name="last"/>, each the only reader of the one
    /// before.</summary>
    private static void RemoveChain(OnnxEditor editor, OnnxNode first, OnnxNode last)
    {
        for (var node = first; ; )
        {
            var next = ReferenceEquals(node, last) ? null : editor.OnlyUse(node.Outputs[0]);
            editor.Remove(node);
            if (next is null)
                return;
            node = next;
        }
    }
}
