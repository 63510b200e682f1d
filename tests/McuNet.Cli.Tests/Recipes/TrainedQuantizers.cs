using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Onnx;

namespace McuNet.Cli.Tests.Recipes;

/// <summary>What tools for quantisation-aware training write of a chain, whatever the training has made of its scales.</summary>
internal static class TrainedQuantizers
{
    /// <summary>
    /// <c>brevitas.export.export_onnx_qcdq</c> (0.8 to 0.12): QuantIdentity at the input, QuantConv2d and QuantLinear with
    /// Int8WeightPerChannelFloat and Int32Bias, QuantReLU (uint8, zero 0). Weights are integers behind a Clip to -127..127, scales and zero
    /// points Constant nodes; the last layer gives real numbers.
    /// </summary>
    public static byte[] Brevitas(FloatChain source)
    {
        var model = new ForeignModel(source);
        var (count, scales) = (0, new Dictionary<string, float>());
        var current = Rounded(source.Input, source.Symmetric(source.Input));
        foreach (var node in source.Nodes)
        {
            var output = node.Outputs[0];
            if (node.Inputs.Length == 1)
                model.Node(node, [current], output);
            else
                model.Node(node, [current, .. Constants(node)], output);
            var isRounded = node.Operator is "Relu" or "GlobalAveragePool";
            current = isRounded ? Rounded(output, source.Asymmetric(output, OnnxType.UInt8)) : output;
        }
        return model.ToArray("pytorch", 13);

        string Rounded(string tensor, Steps steps)
        {
            scales[tensor] = steps.Scale;
            var (scale, zero) = (Constant(OnnxType.Float, [], steps.Scale), Constant(steps.Type, [], (byte)steps.Zero));
            var place = $"/{count++}/act_quant/export_handler/";
            model.Node(place + "QuantizeLinear", "QuantizeLinear", [tensor, scale, zero], place + "QuantizeLinear_output_0");
            var (stored, back) = (place + "QuantizeLinear_output_0", place + "DequantizeLinear_output_0");
            model.Node(place + "DequantizeLinear", "DequantizeLinear", [stored, scale, zero], back);
            return back;
        }

        string[] Constants(OnnxNode node)
        {
            var (weight, bias) = (node.Inputs[1], node.Inputs[2]);
            var (integers, steps) = source.Weights(weight);
            long channels = steps.Length;
            var input = scales.Last().Value;
            var stored = model.Constant(weight + "_int", OnnxType.Int8, source.Tensor(weight).Dims, integers);
            var (low, high) = (Constant(OnnxType.Int8, [], (sbyte)-127), Constant(OnnxType.Int8, [], (sbyte)127));
            var clipped = $"{weight}/Clip_output_0";
            model.Node($"{weight}/Clip", "Clip", [stored, low, high], clipped);
            var zeros = Constant(OnnxType.Int8, [channels], new sbyte[channels]);
            int[] sums = [.. source.Reals(bias).Select((b, c) => (int)MathF.Round(b / (input * steps[c])))];
            var sum = model.Constant(bias + "_int", OnnxType.Int32, [channels], sums);
            float[] sumSteps = [.. steps.Select(s => s * input)];
            var sumZeros = Constant(OnnxType.Int32, [channels], new int[channels]);
            return
            [
                Dequantized(weight, clipped, Constant(OnnxType.Float, [channels], steps), zeros),
                Dequantized(bias, sum, Constant(OnnxType.Float, [channels], sumSteps), sumZeros),
            ];

            string Dequantized(string name, params string[] inputs)
            {
                var real = $"{name}/DequantizeLinear_output_0";
                model.Node($"{name}/DequantizeLinear", "DequantizeLinear", inputs, real, OnnxAttribute.Of("axis", 0));
                return real;
            }
        }

        string Constant<T>(OnnxType type, System.Collections.Immutable.ImmutableArray<long> dims, params T[] values)
            where T : unmanaged
        {
            var name = $"/Constant_{count++}_output_0";
            model.Node(name[..^9], "Constant", [], name, OnnxAttribute.Of("value", OnnxTensor.Of<T>("", type, dims, values)));
            return name;
        }
    }

    /// <summary>
    /// <c>pytorch_quantization</c> and <c>modelopt.torch.quantization</c>, exported for TensorRT: before every layer its operand, int8
    /// around zero, and its weights, float behind QuantizeLinear and DequantizeLinear per channel; biases, Relu and the pooling are float,
    /// and so is what the last layer gives.
    /// </summary>
    public static byte[] TensorRt(FloatChain source)
    {
        var model = new ForeignModel(source);
        var current = source.Input;
        foreach (var node in source.Nodes)
        {
            string[] inputs = node.Inputs.Length == 1 ? [current] : [Operand(current, node), Weights(node), model.Kept(node.Inputs[2])];
            model.Node(node, inputs, node.Outputs[0]);
            current = node.Outputs[0];
        }
        return model.ToArray("pytorch", 13);

        string Operand(string tensor, OnnxNode node)
        {
            var steps = source.Symmetric(tensor);
            var place = $"{node.Name}/input_quantizer/";
            var zero = model.Zero(place + "Constant_output_0", steps);
            return Pair(place, tensor, model.Scale(place + "Constant_1_output_0", steps.Scale), zero);
        }

        string Weights(OnnxNode node)
        {
            var (weight, scales) = (node.Inputs[1], source.Weights(node.Inputs[1]).Scales);
            var place = $"{node.Name}/weight_quantizer/";
            long channels = scales.Length;
            return Pair(
                place,
                model.Kept(weight),
                model.Constant(place + "Constant_output_0", OnnxType.Float, [channels], scales),
                model.Constant(place + "zero", OnnxType.Int8, [channels], new sbyte[channels]),
                OnnxAttribute.Of("axis", 0)
            );
        }

        string Pair(string place, string real, string scale, string zero, params OnnxAttribute[] attributes)
        {
            model.Node(place + "QuantizeLinear", "QuantizeLinear", [real, scale, zero], place + "QuantizeLinear_output_0", attributes);
            var (stored, back) = (place + "QuantizeLinear_output_0", place + "DequantizeLinear_output_0");
            model.Node(place + "DequantizeLinear", "DequantizeLinear", [stored, scale, zero], back, attributes);
            return back;
        }
    }
}
