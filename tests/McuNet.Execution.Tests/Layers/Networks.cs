using System;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Tests;

namespace McuNet.Execution.Tests.Layers;

/// <summary>Small QDQ models. Scales are powers of two, so that integer and floating-point sums are the same numbers.</summary>
internal static class Networks
{
    /// <summary>A value quantised and dequantised: <paramref name="name"/>_q and <paramref name="name"/>_dq.</summary>
    public static OnnxBytes Rounded(this OnnxBytes model, string value, string name, string scale = "scale", string zero = "zero") =>
        model
            .Node("QuantizeLinear", $"{value} {scale} {zero}", name + "_q")
            .Node("DequantizeLinear", $"{name}_q {scale} {zero}", name + "_dq");

    /// <summary>A convolution with noise for weights.</summary>
    public static OnnxBytes Conv(this OnnxBytes model, string input, string output, int inputs, int outputs, int seed, int kernel = 3)
    {
        var weights = new sbyte[outputs * inputs * kernel * kernel];
        new Random(seed).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        return Conv(model, input, output, weights.Select(w => (sbyte)(w / 8)).ToArray(), [outputs, inputs, kernel, kernel]);
    }

    public static OnnxBytes Conv(this OnnxBytes model, string input, string output, sbyte[] weights, int[] dims)
    {
        var pad = dims[^1] / 2;
        return model
            .Tensor(output + "_w", OnnxType.Int8, dims, weights)
            .Node("DequantizeLinear", $"{output}_w weight none", output + "_wdq")
            .Node("Conv", $"{input} {output}_wdq", output, ("pads", new[] { pad, pad, pad, pad }));
    }

    public static OnnxBytes Begin(params long[] dims) =>
        new OnnxBytes()
            .Float("scale", 0.0625f)
            .Float("coarse", 0.125f)
            .Float("weight", 0.0078125f)
            .Zero("zero", -3)
            .Zero("none")
            .Input("input", dims)
            .Rounded("input", "in");
}
