using System.Collections.Generic;
using System.Linq;
using McuNet.Cli.Printing;
using McuNet.Compiler.Onnx;

namespace McuNet.Cli.Tests.Recipes;

/// <summary>
/// What <c>onnxruntime.quantization.quantize_static</c> (1.17 to 1.23) writes of a chain with <c>per_channel=True</c>, QInt8 weights and
/// activations: names, types, order of operands and producer. A Relu whose range begins at zero is left out, and an input of a layer has
/// its steps even where only Flatten is between.
/// </summary>
internal static class OnnxRuntimeQuantizer
{
    private const string Producer = "onnx.quantize";

    /// <summary><c>quant_format=QuantFormat.QDQ</c>, the default.</summary>
    public static byte[] Qdq(FloatChain source)
    {
        var model = new ForeignModel(source);
        var rounded = new Dictionary<string, string> { [source.Input] = Pair(source.Input, source.Input) };
        foreach (var node in source.Nodes.Where(n => n.Operator != "Relu"))
        {
            var (input, output) = (node.Inputs[0], End(source, node));
            if (node.Operator == "Flatten")
            {
                model.Node(node, [rounded[input]], output);
                rounded[output] = Pair(output, output);
                continue;
            }
            var written = output == source.Output ? output + "_QuantizeLinear_Input" : output;
            model.Node(node, [rounded[input], .. node.Inputs.Length > 1 ? Constants(input, node) : []], written);
            rounded[output] = Pair(output, written);
        }
        return model.ToArray(Producer, 13);

        string Pair(string tensor, string real)
        {
            var steps = source.Asymmetric(tensor, OnnxType.Int8);
            var (scale, zero) = (model.Scale(tensor + "_scale", steps.Scale), model.Zero(tensor + "_zero_point", steps));
            var back = tensor == source.Output ? tensor : tensor + "_DequantizeLinear_Output";
            model.Node(tensor + "_QuantizeLinear", "QuantizeLinear", [real, scale, zero], tensor + "_QuantizeLinear_Output");
            model.Node(tensor + "_DequantizeLinear", "DequantizeLinear", [tensor + "_QuantizeLinear_Output", scale, zero], back);
            return back;
        }

        string[] Constants(string input, OnnxNode node)
        {
            var (weight, bias) = (node.Inputs[1], node.Inputs[2]);
            var quantized = Stored(model, source, input, node);
            var (back, axis) = (weight + "_DequantizeLinear_Output", OnnxAttribute.Of("axis", 0));
            model.Node(weight + "_DequantizeLinear", "DequantizeLinear", [.. quantized[..3]], back, axis);
            model.Node(bias + "_DequantizeLinear", "DequantizeLinear", [.. quantized[3..]], bias, axis);
            return [back, bias];
        }
    }

    /// <summary><c>quant_format=QuantFormat.QOperator</c>: operators on integers, some of them ONNX Runtime's own.</summary>
    public static byte[] Operators(FloatChain source)
    {
        const string Own = "com.microsoft.";
        var model = new ForeignModel(source);
        var names = new Dictionary<string, string[]> { [source.Input] = Steps(source.Input) };
        model.Node(source.Input + "_QuantizeLinear", "QuantizeLinear", [source.Input, .. names[source.Input][1..]], names[source.Input][0]);
        foreach (var node in source.Nodes.Where(n => n.Operator != "Relu"))
        {
            var (input, output) = (names[node.Inputs[0]], End(source, node));
            if (node.Operator == "Flatten")
            {
                names[output] = [output + "_quantized", .. input[1..]];
                model.Node(node, [input[0]], output + "_quantized");
                continue;
            }
            var result = names[output] = Steps(output);
            var stored = node.Inputs.Length > 1 ? Stored(model, source, node.Inputs[0], node) : [];
            var name = node.Name + "_quant";
            OnnxAttribute[] attributes = [.. node.Attributes.Where(a => a.Name != "beta")];
            if (node.Operator == "Conv")
                model.Node(name, "QLinearConv", [.. input, .. stored[..3], .. result[1..], stored[3]], result[0], attributes);
            else if (node.Operator == "Gemm")
                model.Node(name, Own + "QGemm", [.. input, .. stored[..4], .. result[1..]], result[0], attributes);
            else
                model.Node(
                    name,
                    Own + "QLinear" + node.Operator,
                    [.. input, .. result[1..]],
                    result[0],
                    OnnxAttribute.Of("channels_last", 0)
                );
        }
        model.Node(source.Output + "_DequantizeLinear", "DequantizeLinear", names[source.Output], source.Output);
        return model.ToArray(Producer, 13, "com.microsoft");

        string[] Steps(string tensor)
        {
            var steps = source.Asymmetric(tensor, OnnxType.Int8);
            return [tensor + "_quantized", model.Scale(tensor + "_scale", steps.Scale), model.Zero(tensor + "_zero_point", steps)];
        }
    }

    /// <summary>Weights, their scales and zero points, bias, its scales and zero points.</summary>
    private static string[] Stored(ForeignModel model, FloatChain source, string input, OnnxNode node)
    {
        var (weight, bias, scale) = (node.Inputs[1], node.Inputs[2], source.Asymmetric(Origin(source, input), OnnxType.Int8).Scale);
        var (integers, scales) = source.Weights(weight);
        long channels = scales.Length;
        int[] sums = [.. source.Reals(bias).Select((b, c) => (int)System.MathF.Round(b / (scale * scales[c])))];
        return
        [
            model.Constant(weight + "_quantized", OnnxType.Int8, source.Tensor(weight).Dims, integers),
            model.Constant(weight + "_scale", OnnxType.Float, [channels], scales),
            model.Constant(weight + "_zero_point", OnnxType.Int8, [channels], new sbyte[channels]),
            model.Constant(bias + "_quantized", OnnxType.Int32, [channels], sums),
            model.Constant(bias + "_quantized_scale", OnnxType.Float, [channels], [.. scales.Select(s => s * scale)]),
            model.Constant(bias + "_quantized_zero_point", OnnxType.Int32, [channels], new int[channels]),
        ];
    }

    /// <summary>A view has the values of what it is a view of.</summary>
    private static string Origin(FloatChain source, string tensor) =>
        source.Nodes.FirstOrDefault(n => n.Outputs[0] == tensor) is { Operator: "Flatten" } view ? view.Inputs[0] : tensor;

    private static string End(FloatChain source, OnnxNode node) =>
        source.UseOf(node.Outputs[0]) is { Operator: "Relu" } relu ? relu.Outputs[0] : node.Outputs[0];
}
