using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Onnx;
using Xunit;

namespace McuNet.Compiler.Tests.Quantization;

/// <summary>Small float networks with seeded weights that between them hold every form which quantisation must rewrite.</summary>
internal sealed class FloatNetworks(int seed)
{
    private static readonly Dictionary<string, (int[] Input, Func<OnnxBytes> Build)> All = new()
    {
        ["mobile"] = ([1, 3, 12, 12], () => new FloatNetworks(1).Mobile()),
        ["residual"] = ([1, 2, 8, 8], () => new FloatNetworks(2).Residual()),
        ["branches"] = ([1, 2, 9, 9], () => new FloatNetworks(3).Branches()),
        ["preprocessing"] = ([1, 3, 8, 8], () => new FloatNetworks(4).Preprocessing()),
        ["old opset"] = ([1, 2, 8, 8], () => new FloatNetworks(5).OldOpset()),
        ["perceptron"] = ([1, 10], () => new FloatNetworks(6).Perceptron()),
        ["excitation"] = ([1, 4, 6, 6], () => new FloatNetworks(7).Excitation()),
        ["signal"] = ([1, 3, 20], () => new FloatNetworks(8).Signal()),
        ["swish head"] = ([1, 3, 10, 10], () => new FloatNetworks(9).SwishHead()),
        ["sigmoid tail"] = ([1, 2, 8, 8], () => new FloatNetworks(10).SigmoidTail()),
        ["linear decoder"] = ([1, 2, 8, 12], () => new FloatNetworks(11).LinearDecoder()),
        ["decoder"] = ([1, 4, 5, 6], () => new FloatNetworks(12).Decoder()),
        ["computed extents"] = ([1, 4, 6, 6], () => new FloatNetworks(9).ComputedExtents()),
        ["recurrent"] = ([5, 1, 6], () => new FloatNetworks(10).Recurrent()),
        ["moves of opset 9"] = ([1, 4, 6, 6], () => new FloatNetworks(11).MovesOfOpset9()),
    };

    private readonly Random _random = new(seed);

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Those without a layer on real numbers, whose last bits are ONNX Runtime's own.</summary>
    public static TheoryData<string> WithoutReals => [.. All.Keys.Where(k => k != "recurrent")];

    /// <summary>Those that become layers of integers, none of which does nothing but round: without a recurrent one, and without a Relu
    /// that no layer can take in.</summary>
    public static TheoryData<string> OfIntegers => [.. All.Keys.Where(k => k is not ("recurrent" or "moves of opset 9"))];

    public static int[] Input(string name) => All[name].Input;

    public static OnnxBytes Build(string name) => All[name].Build();

    /// <summary>Inputs from a normal distribution, more or less.</summary>
    public static float[][] Samples(string name, int count, int seed)
    {
        var random = new Random(seed);
        var elements = Input(name).Aggregate(1, (a, b) => a * b);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, elements).Select(_ => Normal(random)).ToArray())];
    }

    private static float Normal(Random random) =>
        (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * 1.7f;

    private float[] Weights(int count, double size = 0.4) => [.. Enumerable.Range(0, count).Select(_ => Normal(_random) * (float)size)];

    private float[] Positive(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.5f + _random.NextSingle())];

    private OnnxBytes Tensor(OnnxBytes model, string name, double size, params int[] dims) =>
        model.Tensor(name, OnnxType.Float, dims, Weights(dims.Aggregate(1, (a, b) => a * b), size));

    private OnnxBytes Normalize(OnnxBytes model, string input, string output, int channels) =>
        model
            .Tensor(output + "_s", OnnxType.Float, [channels], Positive(channels))
            .Tensor(output + "_b", OnnxType.Float, [channels], Weights(channels))
            .Tensor(output + "_m", OnnxType.Float, [channels], Weights(channels))
            .Tensor(output + "_v", OnnxType.Float, [channels], Positive(channels))
            .Node("BatchNormalization", $"{input} {output}_s {output}_b {output}_m {output}_v", output, ("epsilon", 0.001f));

    /// <summary>Convolutions with batch normalisation and a clip from constants, depthwise and pointwise, global mean, Gemm by untransposed
    /// weights, Softmax.</summary>
    private OnnxBytes Mobile()
    {
        var model = new OnnxBytes().Input("x", -1, 3, 12, 12).Float("low", 0f).Float("high", 6f);
        Tensor(model, "w1", 0.5, 8, 3, 3, 3).Node("Conv", "x w1", "c1", ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 2, 2 }));
        Normalize(model, "c1", "n1", 8).Node("Clip", "n1 low high", "r1");
        Tensor(model, "w2", 0.5, 8, 1, 3, 3).Node("Conv", "r1 w2", "c2", ("pads", new[] { 1, 1, 1, 1 }), ("group", 8));
        Normalize(model, "c2", "n2", 8).Node("Relu", "n2", "r2");
        Tensor(Tensor(model, "w3", 0.4, 10, 8, 1, 1), "b3", 0.4, 10).Node("Conv", "r2 w3 b3", "c3");
        model.Node("GlobalAveragePool", "c3", "g").Node("Flatten", "g", "f");
        Tensor(Tensor(model, "w4", 1.5, 10, 5), "b4", 0.5, 5).Node("Gemm", "f w4 b4", "logits", ("alpha", 2f), ("beta", 0.5f));
        return model.Node("Softmax", "logits", "y", ("axis", -1)).Output("y", -1, 5);
    }

    /// <summary>A residual sum, a Relu behind a pooling, a product with a separate bias, reshaped weights.</summary>
    private OnnxBytes Residual()
    {
        var model = new OnnxBytes().Input("x", 1, 2, 8, 8);
        Tensor(Tensor(model, "w1", 0.5, 4, 2, 3, 3), "b1", 0.3, 4)
            .Node("Conv", "x w1 b1", "c1", ("auto_pad", "SAME_UPPER"))
            .Node("Relu", "c1", "r1");
        Tensor(model, "w2", 0.4, 4, 4, 3, 3).Node("Conv", "r1 w2", "c2", ("pads", new[] { 1, 1, 1, 1 }));
        Tensor(model, "shift", 0.4, 4, 1, 1).Node("Add", "c2 shift", "c2b").Node("Add", "c2b r1", "sum");
        model.Node("MaxPool", "sum", "p", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 2, 2 })).Node("Relu", "p", "r2");
        model.Tensor("shape", OnnxType.Int64, [2], 1L, -1L).Node("Reshape", "r2 shape", "flat");
        Tensor(model, "w3", 0.3, 4, 4, 4, 6).Tensor("wshape", OnnxType.Int64, [2], 64L, 6L).Node("Reshape", "w3 wshape", "w3r");
        model.Node("MatMul", "flat w3r", "m");
        return Tensor(model, "b3", 0.4, 1, 6).Node("Add", "m b3", "y").Output("y", 1, 6);
    }

    /// <summary>Two branches joined, a Relu6 of a sum, an average, padding as a node of its own, a constant node.</summary>
    private OnnxBytes Branches()
    {
        var model = new OnnxBytes().Input("x", 1, 2, 9, 9).Tensor("pads", OnnxType.Int64, [8], 0L, 0L, 1L, 1L, 0L, 0L, 1L, 1L);
        model.Node("Pad", "x pads", "xp");
        Tensor(model, "w1", 0.5, 4, 2, 3, 3).Node("Conv", "xp w1", "a").Node("Relu", "a", "ar");
        Tensor(model, "w2", 0.9, 3, 2, 1, 1).Node("Conv", "x w2", "b").Node("Tanh", "b", "bt");
        model
            .Node("Concat", "ar bt", "j", ("axis", 1))
            .Node("AveragePool", "j", "p", ("kernel_shape", new[] { 3, 3 }), ("strides", new[] { 3, 3 }));
        Tensor(Tensor(model, "w3", 0.5, 4, 7, 3, 3), "b3", 0.4, 4).Node("Conv", "p w3 b3", "c3").Node("Identity", "c3", "y");
        return model.Output("y", 1, 4, 1, 1);
    }

    /// <summary>Normalisation of the input that cannot go into a padded convolution, and one of activations that can go into the next
    /// layer.</summary>
    private OnnxBytes Preprocessing()
    {
        var model = new OnnxBytes().Input("x", 1, 3, 8, 8);
        model.Tensor("mean", OnnxType.Float, [1, 3, 1, 1], 0.5f, -0.25f, 0.1f).Tensor("std", OnnxType.Float, [3, 1, 1], 0.7f, 0.8f, 1.25f);
        model.Node("Sub", "x mean", "s").Node("Div", "s std", "d");
        Tensor(Tensor(model, "w1", 0.4, 6, 3, 3, 3), "b1", 0.2, 6)
            .Node("Conv", "d w1 b1", "c1", ("pads", new[] { 1, 1, 1, 1 }))
            .Node("Relu", "c1", "r1");
        Tensor(model, "w2", 0.5, 6, 1, 3, 3);
        Normalize(model, "r1", "n", 6).Node("Conv", "n w2", "c2", ("group", 6)).Node("LeakyRelu", "c2", "l", ("alpha", 0.1f));
        model.Node("GlobalAveragePool", "l", "g").Node("Flatten", "g", "f");
        return Tensor(Tensor(model, "w3", 1, 4, 6), "b3", 0.3, 4).Node("Gemm", "f w3 b3", "y", ("transB", 1)).Output("y", 1, 4);
    }

    /// <summary>Attributes that later operator sets made inputs.</summary>
    private OnnxBytes OldOpset()
    {
        var model = new OnnxBytes { Opset = 9 }.Input("x", 1, 2, 8, 8);
        Tensor(Tensor(model, "w1", 0.5, 4, 2, 3, 3), "b1", 0.3, 4)
            .Node("Conv", "x w1 b1", "c1")
            .Node("Clip", "c1", "r1", ("min", 0f), ("max", 1.5f));
        model
            .Node("MaxPool", "r1", "p", ("kernel_shape", new[] { 6, 6 }))
            .Node("Squeeze", "p", "q", ("axes", new[] { 2, 3 }))
            .Node("Dropout", "q", "dropped");
        Tensor(Tensor(model, "w2", 0.8, 4, 5), "b2", 0.3, 5).Node("Gemm", "dropped w2 b2", "m");
        return model.Node("Softmax", "m", "y", ("axis", 1)).Output("y", 1, 5);
    }

    private OnnxBytes Perceptron()
    {
        var model = new OnnxBytes().Input("x", -1, 10);
        Tensor(model, "w1", 0.5, 10, 12).Node("MatMul", "x w1", "m1");
        Tensor(model, "b1", 0.3, 12).Node("Add", "b1 m1", "a1").Node("Sigmoid", "a1", "s1");
        Tensor(model, "w2", 0.7, 12, 6).Node("MatMul", "s1 w2", "m2");
        return Tensor(model, "b2", 0.3, 6).Node("Add", "m2 b2", "y").Output("y", -1, 6);
    }

    /// <summary>Swish, and a gate by channels.</summary>
    private OnnxBytes Excitation()
    {
        var model = new OnnxBytes().Input("x", 1, 4, 6, 6);
        Tensor(Tensor(model, "w1", 0.5, 6, 4, 1, 1), "b1", 0.3, 6)
            .Node("Conv", "x w1 b1", "c1")
            .Node("Sigmoid", "c1", "s1")
            .Node("Mul", "c1 s1", "h");
        Tensor(Tensor(model, "w2", 0.6, 6, 6, 1, 1), "b2", 0.3, 6)
            .Node("GlobalAveragePool", "h", "g")
            .Node("Conv", "g w2 b2", "e")
            .Node("Sigmoid", "e", "gate");
        model.Node("Mul", "h gate", "scaled");
        Tensor(Tensor(model, "w3", 0.4, 5, 6, 6, 6), "b3", 0.3, 5).Node("Conv", "scaled w3 b3", "c3");
        return model.Node("Flatten", "c3", "y").Output("y", 1, 5);
    }

    /// <summary>SiLU as exporters write it, x * Sigmoid(x), behind a convolution, a depthwise one and a fully connected layer.</summary>
    private OnnxBytes SwishHead()
    {
        var model = new OnnxBytes().Input("x", 1, 3, 10, 10);
        Tensor(Tensor(model, "w1", 0.4, 8, 3, 3, 3), "b1", 0.3, 8)
            .Node("Conv", "x w1 b1", "c1", ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 2, 2 }));
        model.Node("Sigmoid", "c1", "s1").Node("Mul", "c1 s1", "h1");
        Tensor(model, "w2", 0.6, 8, 1, 3, 3);
        Normalize(model.Node("Conv", "h1 w2", "c2", ("pads", new[] { 1, 1, 1, 1 }), ("group", 8)), "c2", "n2", 8);
        model.Node("Sigmoid", "n2", "s2").Node("Mul", "n2 s2", "h2").Node("GlobalAveragePool", "h2", "g").Node("Flatten", "g", "f");
        Tensor(Tensor(model, "w3", 0.9, 12, 8), "b3", 0.3, 12).Node("Gemm", "f w3 b3", "d", ("transB", 1));
        model.Node("Sigmoid", "d", "s3").Node("Mul", "d s3", "h3");
        return Tensor(Tensor(model, "w4", 0.5, 5, 12), "b4", 0.3, 5).Node("Gemm", "h3 w4 b4", "y", ("transB", 1)).Output("y", 1, 5);
    }

    /// <summary>A mask: a convolution, its Sigmoid an output.</summary>
    private OnnxBytes SigmoidTail()
    {
        var model = new OnnxBytes().Input("x", 1, 2, 8, 8);
        Tensor(Tensor(model, "w1", 0.4, 6, 2, 3, 3), "b1", 0.3, 6)
            .Node("Conv", "x w1 b1", "c1", ("pads", new[] { 1, 1, 1, 1 }))
            .Node("Relu", "c1", "r1");
        Tensor(Tensor(model, "w2", 0.6, 2, 6, 1, 1), "b2", 0.3, 2).Node("Conv", "r1 w2 b2", "c2");
        return model.Node("Sigmoid", "c2", "y").Output("y", 1, 2, 8, 8);
    }

    /// <summary>Rows and columns doubled between pixel centres, joined with a branch, then stretched corner to corner to a size that is no
    /// multiple, and cut off below zero there.</summary>
    private OnnxBytes LinearDecoder()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 2, 8, 12)
            .Tensor("scales", OnnxType.Float, [4], 1f, 1f, 2f, 2f)
            .Tensor("sizes", OnnxType.Int64, [4], 1L, 3L, 15L, 20L);
        Tensor(Tensor(model, "w1", 0.5, 4, 2, 3, 3), "b1", 0.3, 4);
        model.Node("Conv", "x w1 b1", "c1", ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 2, 2 })).Node("Relu", "c1", "r1");
        Tensor(Tensor(model, "w2", 0.5, 6, 4, 3, 3), "b2", 0.3, 6);
        model.Node("Conv", "r1 w2 b2", "c2", ("pads", new[] { 1, 1, 1, 1 }), ("strides", new[] { 2, 2 })).Node("Relu", "c2", "r2");
        model
            .Node("Resize", "r2 - scales", "up", ("mode", "linear"), ("coordinate_transformation_mode", "pytorch_half_pixel"))
            .Node("Concat", "up r1", "j", ("axis", 1));
        Tensor(Tensor(model, "w3", 0.3, 3, 10, 3, 3), "b3", 0.3, 3).Node("Conv", "j w3 b3", "c3", ("pads", new[] { 1, 1, 1, 1 }));
        model.Node("Resize", "c3 - - sizes", "large", ("mode", "linear"), ("coordinate_transformation_mode", "align_corners"));
        return model.Node("Relu", "large", "y").Output("y", 1, 3, 15, 20);
    }

    private OnnxBytes Signal()
    {
        var model = new OnnxBytes().Input("x", 1, 3, 20);
        Tensor(model, "w1", 0.5, 8, 3, 5).Node("Conv", "x w1", "c1", ("pads", new[] { 2, 2 }), ("strides", new[] { 2 }));
        Normalize(model, "c1", "n1", 8).Node("Relu", "n1", "r1").Node("GlobalAveragePool", "r1", "g").Node("Flatten", "g", "f");
        return Tensor(Tensor(model, "w2", 0.9, 4, 8), "b2", 0.3, 4).Node("Gemm", "f w2 b2", "y", ("transB", 1)).Output("y", 1, 4);
    }

    /// <summary>A reshape to extents that nodes compute from the shape of the tensor, as exporters write it, and a gain computed from
    /// constants.</summary>
    private OnnxBytes ComputedExtents()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 4, 6, 6)
            .Tensor("first", OnnxType.Int64, [], 0L)
            .Tensor("rest", OnnxType.Int64, [1], -1L)
            .Tensor("axes", OnnxType.Int64, [1], 0L);
        Tensor(model, "w1", 0.5, 6, 4, 3, 3)
            .Node("Conv", "x w1", "c1")
            .Node("Relu", "c1", "r1")
            .Node("Shape", "r1", "extents")
            .Node("Gather", "extents first", "batch", ("axis", 0));
        model.Node("Unsqueeze", "batch axes", "batches").Node("Concat", "batches rest", "to", ("axis", 0)).Node("Reshape", "r1 to", "flat");
        Tensor(Tensor(model, "w2", 0.3, 96, 5), "gain", 0.5, 5).Node("Exp", "gain", "factor").Node("MatMul", "flat w2", "m");
        return model.Node("Mul", "m factor", "y").Output("y", 1, 5);
    }

    /// <summary>An LSTM of which the last state alone is read, with operands left out.</summary>
    private OnnxBytes Recurrent()
    {
        var model = new OnnxBytes().Input("x", 5, 1, 6);
        Tensor(Tensor(Tensor(model, "w", 0.5, 1, 16, 6), "r", 0.5, 1, 16, 4), "b", 0.3, 1, 32);
        model
            .Node("LSTM", "x w r b", "all last cell", ("hidden_size", 4))
            .Tensor("axes", OnnxType.Int64, [1], 0L)
            .Node("Squeeze", "last axes", "h");
        return Tensor(Tensor(model, "w2", 1, 4, 3), "b2", 0.3, 3).Node("Gemm", "h w2 b2", "y").Output("y", 1, 3);
    }

    /// <summary>Operators whose attributes became operands later, and one that has another name now.</summary>
    private OnnxBytes MovesOfOpset9()
    {
        var model = new OnnxBytes { Opset = 9 }
            .Input("x", 1, 4, 6, 6)
            .Float("scales", 1f, 1f, 2f, 2f);
        Tensor(Tensor(model, "w1", 0.5, 6, 4, 3, 3), "b1", 0.3, 6).Node("Conv", "x w1 b1", "c1", ("pads", new[] { 1, 1, 1, 1 }));
        model
            .Node("Slice", "c1", "s1", ("starts", new[] { 1, 0 }), ("ends", new[] { 5, 4 }), ("axes", new[] { 2, 3 }))
            .Node("Upsample", "s1 scales", "u", ("mode", "nearest"));
        model
            .Node("Split", "u", "low high", ("axis", 1), ("split", new[] { 2, 4 }))
            .Node("Relu", "high", "r")
            .Node("Concat", "r low", "j", ("axis", 1));
        model.Node("ReduceSum", "j", "sum", ("axes", new[] { 2, 3 }), ("keepdims", 0));
        return Tensor(Tensor(model, "w2", 0.2, 6, 5), "b2", 0.3, 5).Node("Gemm", "sum w2 b2", "y").Output("y", 1, 5);
    }

    /// <summary>Transposed convolutions: one in groups, one without a bias that is normalised behind.</summary>
    private OnnxBytes Decoder()
    {
        var model = new OnnxBytes().Input("x", 1, 4, 5, 6);
        Tensor(model, "w1", 0.5, 4, 6, 3, 3)
            .Node(
                "ConvTranspose",
                "x w1",
                "c1",
                ("strides", new[] { 2, 2 }),
                ("pads", new[] { 1, 1, 1, 1 }),
                ("output_padding", new[] { 1, 1 })
            );
        Normalize(model, "c1", "n1", 6).Node("Relu", "n1", "r1");
        Tensor(Tensor(model, "w2", 0.5, 6, 2, 2, 3), "b2", 0.3, 4)
            .Node("ConvTranspose", "r1 w2 b2", "c2", ("strides", new[] { 2, 1 }), ("group", 2))
            .Node("Relu", "c2", "r2");
        return Tensor(Tensor(model, "w3", 0.5, 1, 4, 1, 1), "b3", 0.3, 1).Node("Conv", "r2 w3 b3", "y").Output("y");
    }
}
