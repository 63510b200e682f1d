using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Tests.TfLite;
using McuNet.Compiler.TfLite;

namespace McuNet.Cli.Tests.Recipes;

/// <summary>
/// What <c>tf.lite.TFLiteConverter</c> (2.15 to 2.19) writes of a Keras network of this form with full integer quantisation: int8 in and
/// out, a PAD for each ZeroPadding2D, normalisation and Relu inside the layers, weights per channel, biases int32, MEAN over rows and
/// columns.
/// </summary>
internal sealed class TfLiteConverter(FloatChain source)
{
    private const byte Valid = 1;
    private const byte Relu = 1;

    private readonly TfLiteBytes _file = new();
    private int _tensors;

    public static byte[] Int8(FloatChain source) => new TfLiteConverter(source).Convert();

    private byte[] Convert()
    {
        var size = (int)source.Graph.Inputs[0].Dims!.Value[2];
        var (from, scale, zero) = Activation(source.Input, 1, size, size, 1);
        var input = from;
        foreach (var node in source.Nodes)
        {
            var relu = source.UseOf(node.Outputs[0]) is { Operator: "Relu" } next ? next.Outputs[0] : null;
            if (node.Operator == "Conv")
            {
                var dims = source.Tensor(node.Inputs[1]).Dims;
                var (kernel, stride) = ((int)dims[2], (int)node.Attribute("strides")!.Ints[0]);
                var isDepthwise = node.Attribute("group")!.Int > 1;
                if (kernel > 1)
                    (from, size) = (Padded(from, scale, zero, size, isDepthwise ? (int)dims[0] : (int)dims[1]), size + 2);
                size = (size - kernel) / stride + 1;
                var (weights, bias) = Constants(node, scale, isDepthwise);
                var (to, toScale, toZero) = Activation(relu ?? node.Outputs[0], 1, size, size, (int)dims[0]);
                var fused = relu is null ? (byte)0 : Relu;
                _file.Operator(
                    isDepthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D",
                    [from, weights, bias],
                    [to],
                    isDepthwise
                        ? new(2, (0, Valid), (1, stride), (2, stride), (3, 1), (4, fused), (5, 1), (6, 1))
                        : new(1, (0, Valid), (1, stride), (2, stride), (3, fused), (4, 1), (5, 1))
                );
                (from, scale, zero) = (to, toScale, toZero);
            }
            else if (node.Operator == "GlobalAveragePool")
            {
                _file.Integers("axes", [2], 1, 2);
                var axes = _tensors++;
                var (to, toScale, toZero) = Activation(node.Outputs[0], 1, (int)source.Tensor(source.Nodes[^1].Inputs[1]).Dims[1]);
                _file.Operator("MEAN", [from, axes], [to], new(27));
                (from, scale, zero) = (to, toScale, toZero);
            }
            else if (node.Operator == "Gemm")
            {
                var (weights, bias) = Constants(node, scale, isDepthwise: false);
                var (to, _, _) = Activation(node.Outputs[0], 1, (int)source.Tensor(node.Inputs[1]).Dims[0]);
                _file.Operator("FULLY_CONNECTED", [from, weights, bias], [to], new(8, (0, (byte)0)));
                from = to;
            }
        }
        return _file.Ports([input], [from]).ToArray();
    }

    private (int Tensor, float Scale, int Zero) Activation(string name, params int[] dims)
    {
        var steps = source.Asymmetric(name, OnnxType.Int8);
        _file.Int8(name, steps.Scale, steps.Zero, dims);
        return (_tensors++, steps.Scale, steps.Zero);
    }

    private int Padded(int from, float scale, int zero, int size, int channels)
    {
        _file.Integers($"padding_{_tensors}", [4, 2], 0, 0, 1, 1, 1, 1, 0, 0);
        _file.Int8($"padded_{_tensors}", scale, zero, 1, size + 2, size + 2, channels);
        _file.Operator("PAD", [from, _tensors], [_tensors + 1], new(22));
        _tensors += 2;
        return _tensors - 1;
    }

    /// <summary>Channels last: [outputs, rows, columns, inputs], of a depthwise layer [1, rows, columns, channels].</summary>
    private (int Weights, int Bias) Constants(OnnxNode node, float scale, bool isDepthwise)
    {
        var (weight, bias) = (source.Tensor(node.Inputs[1]), source.Reals(node.Inputs[2]));
        var (integers, scales) = source.Weights(weight.Name);
        int[] dims = [.. weight.Dims.Select(d => (int)d)];
        var (inputs, taps) = (dims[1], dims.Skip(2).Aggregate(1, (a, b) => a * b));
        var stored = new sbyte[integers.Length];
        for (var i = 0; i < stored.Length; i++)
        {
            var (output, input, tap) = (i / (inputs * taps), i / taps % inputs, i % taps);
            stored[isDepthwise ? tap * dims[0] + output : (output * taps + tap) * inputs + input] = integers[i];
        }
        int[] shape =
            dims.Length == 2 ? dims
            : isDepthwise ? [1, dims[2], dims[3], dims[0]]
            : [dims[0], dims[2], dims[3], dims[1]];
        int[] sums = [.. bias.Select((b, c) => (int)MathF.Round(b / (scale * scales[c])))];
        var (weightBytes, biasBytes) = (MemoryMarshal.AsBytes(stored.AsSpan()).ToArray(), MemoryMarshal.AsBytes(sums.AsSpan()).ToArray());
        var zeros = new long[scales.Length];
        _file.Tensor(weight.Name, TfLiteType.Int8, shape, weightBytes, scales, zeros, axis: isDepthwise ? 3 : 0);
        _file.Tensor(node.Inputs[2], TfLiteType.Int32, [sums.Length], biasBytes, [.. scales.Select(s => s * scale)], zeros);
        _tensors += 2;
        return (_tensors - 2, _tensors - 1);
    }
}
