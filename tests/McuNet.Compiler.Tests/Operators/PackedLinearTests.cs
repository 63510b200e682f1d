using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>
/// Layers on real numbers whose weights are float16 or integers in flash: every form, windows, strides, dilation, padding, channels left
/// over from blocks of four.
/// </summary>
internal sealed class PackedLinearCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 28; i++)
        {
            var kind = i % CompactWeights.Kinds;
            var pixel = new Window
            {
                KernelHeight = 1,
                KernelWidth = 1,
                StrideWidth = 1 + i % 2,
                StrideHeight = 1 + i % 2,
            };
            var (window, input) = i / 7 % 2 == 0 ? Windowed(1 + i % 2) : (pixel, Shape());
            if (i > 20)
                input = input with { Channels = 60 + Random.Next(20) };
            var conv = new Conv2D
            {
                Window = window,
                Clamp = Limits(i),
                Weights = CompactWeights.Of(Random, kind, [1 + Random.Next(9), window.KernelHeight, window.KernelWidth, input.Channels]),
            };
            conv = conv with { Bias = i % 4 == 0 ? null : Bias(conv.Weights.Dims[0]) };
            var types = new NodeTypes([Real(input)], Real(conv.InferShape([input])));
            yield return Case(conv, types, Calling.SplitColumns);
            if (conv.Rows(types).Joinable)
                yield return Case(conv, types, Calling.Joined);
            var (groups, grouped) = (2 + i % 2, input with { Channels = (2 + i % 2) * input.Channels });
            int[] dims = [groups * (1 + Random.Next(3)), window.KernelHeight, window.KernelWidth, input.Channels];
            var shared = conv with { Groups = groups, Bias = null, Weights = CompactWeights.Of(Random, kind, dims) };
            yield return Case(shared, new([Real(grouped)], Real(shared.InferShape([grouped]))), Calling.SplitColumns);
            var multiplier = 1 + i % 2;
            var depthwise = new DepthwiseConv2D
            {
                Window = window,
                Clamp = Limits(i),
                Bias = i % 4 == 1 ? null : Bias(input.Channels * multiplier),
                Weights = CompactWeights.Of(
                    Random,
                    kind,
                    [window.KernelHeight, window.KernelWidth, input.Channels * multiplier],
                    isDepthwise: true
                ),
            };
            yield return Case(depthwise, new([Real(input)], Real(depthwise.InferShape([input]))), Calling.SplitColumns);
            var dense = new Dense { Weights = CompactWeights.Of(Random, kind, [1 + Random.Next(9), input.Elements]), Clamp = Limits(i) };
            yield return Case(dense, new([Real(input)], Real(dense.InferShape([input]))), Calling.SplitColumns);
        }
    }

    private static Clamp Limits(int i) =>
        i % 3 == 0 ? Clamp.None
        : i % 3 == 1 ? Clamp.Relu
        : new(-1, 6);

    private ConstantTensor Bias(int channels) =>
        CompactWeights.Tensor([channels], [.. Enumerable.Range(0, channels).Select(_ => (float)(Random.NextDouble() - 0.5))]);
}

public sealed class PackedLinearTests
{
    private static readonly Random Numbers = new(11);

    /// <summary>(3 - 1) * 0.5 = 1 and (-8 - 1) * 0.5 = -4.5 for the first channel, (7 + 2) * 0.25 = 2.25 and 0 for the second.</summary>
    [Fact]
    public void OfChannels_Integers_GiveWhatTheyStandFor()
    {
        var form = CompactForm.OfChannels([3, -8, 7, -2], 2, c => c == 0 ? 0.5f : 0.25f, c => c == 0 ? 1 : -2, isNarrow: true);
        Assert.Equal(4, form.Bits);
        Assert.True(form.Gives([1, -4.5f, 2.25f, 0], 2, i => i / 2));
        Assert.False(form.Gives([1, -4.5f, 2.25f, -0f], 2, i => i / 2));
        Assert.Equal(8, CompactForm.OfChannels([3, -8, 8, -2], 2, _ => 1, _ => 0, isNarrow: true).Bits);
    }

    [Fact]
    public void OfElements_ScalesThatChange_AreKeptWhereTheyLastLongEnough()
    {
        sbyte[] steps = new sbyte[48],
            zeros = new sbyte[48];
        float[] Scales(int run) => [.. Enumerable.Range(0, 48).Select(i => 1f + i % 24 / run)];
        Assert.Equal(8, CompactForm.OfElements(steps, Scales(8), zeros, 2, isNarrow: false)!.Group);
        Assert.Equal(16, CompactForm.OfElements(steps, Scales(16), zeros, 2, isNarrow: false)!.Group);
        Assert.Equal(24, CompactForm.OfElements(steps, Scales(24), zeros, 2, isNarrow: false)!.Group);
        Assert.Null(CompactForm.OfElements(steps, Scales(4), zeros, 2, isNarrow: false));
    }

    public static TheoryData<OnnxType, int, int> Integers() =>
        new()
        {
            { OnnxType.Int8, 0, 8 },
            { OnnxType.UInt8, 0, 8 },
            { OnnxType.Int4, 0, 4 },
            { OnnxType.UInt4, 0, 4 },
            { OnnxType.Int4, 16, 4 },
            { OnnxType.UInt4, 16, 4 },
            { OnnxType.Int8, 16, 8 },
        };

    [OnnxRuntimeTheory]
    [MemberData(nameof(Integers))]
    public void Import_MatMulByDequantizedWeights_KeepsThemAndEqualsOnnxRuntime(OnnxType type, int block, int bits)
    {
        var model = new OnnxBytes { Opset = 21 }.Input("x", 1, 3, 32);
        Quantized(model, "w", type, [32, 10], axis: block > 0 ? 0 : 1, block).Node("MatMul", "x w", "y").Output("y");
        var weights = Assert.IsType<Conv2D>(Assert.Single(Network(model).Nodes).Operator).Weights;
        Assert.Equal((bits, block > 0 ? block : 32), (weights.Form!.Bits, weights.Form.Group));
        Assert.True(OnnxOracle.CompareReals(model, 3) < 1e-5f);
    }

    [OnnxRuntimeTheory]
    [InlineData("Conv", OnnxType.Int8, 1)]
    [InlineData("Conv", OnnxType.Int4, 1)]
    [InlineData("Conv", OnnxType.UInt4, 4)]
    [InlineData("ConvTranspose", OnnxType.Int4, 1)]
    [InlineData("ConvTranspose", OnnxType.Int8, 1)]
    public void Import_ConvolutionByDequantizedWeights_KeepsThemAndEqualsOnnxRuntime(string op, OnnxType type, int group)
    {
        var model = new OnnxBytes { Opset = 21 }.Input("x", 1, 4, 6, 6);
        Quantized(model, "w", type, [4, 4 / group, 3, 3], axis: op == "Conv" ? 0 : 1, 0).Node(op, "x w", "y", ("group", group)).Output("y");
        var layer = Assert.IsAssignableFrom<ILinear>(Assert.Single(Network(model).Nodes).Operator);
        Assert.Equal(type is OnnxType.Int4 or OnnxType.UInt4 ? 4 : 8, layer.Weights.Form!.Bits);
        Assert.True(OnnxOracle.CompareReals(model, 3) < 1e-5f);
    }

    [OnnxRuntimeTheory]
    [InlineData("LSTM", 4)]
    [InlineData("GRU", 3)]
    [InlineData("RNN", 1)]
    public void Import_RecurrentLayerByInt8_KeepsBothMatricesAndEqualsOnnxRuntime(string op, int gates)
    {
        var model = new OnnxBytes { Opset = 21 }.Input("x", 5, 1, 6);
        Quantized(model, "w", OnnxType.Int8, [2, gates * 8, 6], axis: 1, 0);
        Quantized(model, "r", OnnxType.Int8, [2, gates * 8, 8], axis: 1, 0)
            .Node(op, "x w r", "y", ("hidden_size", 8), ("direction", "bidirectional"))
            .Output("y");
        var forms = Network(model)
            .Nodes.Select(n =>
                n.Operator switch
                {
                    Conv2D conv => conv.Weights.Form,
                    Recurrent cell => cell.Weights.Form,
                    _ => null,
                }
            )
            .OfType<CompactForm>()
            .ToArray();
        Assert.Equal(4, forms.Length);
        Assert.All(forms, f => Assert.Equal(8, f.Bits));
        Assert.True(OnnxOracle.CompareReals(model, 3) < 1e-5f);
    }

    [OnnxRuntimeTheory]
    [InlineData(4, false, 96)]
    [InlineData(4, true, 96)]
    [InlineData(4, true, 80)]
    [InlineData(8, true, 64)]
    public void Import_MatMulNBits_KeepsBlocksAndEqualsOnnxRuntime(int bits, bool hasZeros, int inputs)
    {
        var (outputs, blocks) = (6, (inputs + 31) / 32);
        byte[] Noise(int count)
        {
            var bytes = new byte[count];
            Numbers.NextBytes(bytes);
            return bytes;
        }

        float[] scales = [.. Enumerable.Range(0, outputs * blocks).Select(_ => (float)(0.01 + 0.02 * Numbers.NextDouble()))];
        var model = new OnnxBytes { Opset = 17 }
            .Input("x", 1, 3, inputs)
            .Tensor("w", OnnxType.UInt8, [outputs, blocks, 4 * bits], Noise(outputs * blocks * 4 * bits))
            .Tensor("s", OnnxType.Float, [outputs * blocks], scales)
            .Tensor("z", OnnxType.UInt8, [outputs * ((blocks * bits + 7) / 8)], Noise(outputs * ((blocks * bits + 7) / 8)))
            .Node(
                "com.microsoft.MatMulNBits",
                hasZeros ? "x w s z" : "x w s",
                "y",
                ("K", inputs),
                ("N", outputs),
                ("bits", bits),
                ("block_size", 32)
            )
            .Output("y");
        var form = Assert.IsType<Conv2D>(Assert.Single(Network(model).Nodes).Operator).Weights.Form!;
        Assert.Equal((bits, 32), (form.Bits, form.Group));
        Assert.True(OnnxOracle.CompareReals(model, 3) < 1e-5f);
    }

    [Fact]
    public void Import_MatMulNBitsOfTwoBits_IsRefused()
    {
        var model = new OnnxBytes { Opset = 17 }
            .Input("x", 1, 3, 32)
            .Tensor("w", OnnxType.UInt8, [1, 1, 8], new byte[8])
            .Float("s", 1)
            .Node("com.microsoft.MatMulNBits", "x w s", "y", ("K", 32), ("N", 1), ("bits", 2), ("block_size", 32))
            .Output("y");
        var refused = Assert.Single(ModelCompiler.Network(model.Read(), "net").Diagnostics);
        Assert.Equal("MCU1004", refused.Id);
        Assert.Contains("bits", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Sizes of which sums and products overflow.</summary>
    [Theory]
    [InlineData(32, 1, int.MaxValue)]
    [InlineData(32, 1, int.MaxValue - 30)]
    [InlineData(32, 1, 1 << 30)]
    [InlineData(32, 1 << 20, 1 << 10)]
    [InlineData(1 << 16, 1 << 10, (1 << 16) + 1)]
    public void Import_MatMulNBitsOfTooLargeBlocks_IsRefused(int inputs, int outputs, int block)
    {
        var model = new OnnxBytes { Opset = 17 }
            .Input("x", 1, 3, inputs)
            .Tensor("w", OnnxType.UInt8, [0, 1, 8], Array.Empty<byte>())
            .Float("s", 1)
            .Node("com.microsoft.MatMulNBits", "x w s", "y", ("K", inputs), ("N", outputs), ("bits", 8), ("block_size", block))
            .Output("y");
        Assert.Contains(
            "block_size",
            Assert.Single(ModelCompiler.Network(model.Read(), "net").Diagnostics).Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>As initialisers of a float16 network, and cast to float32, as TFLite's converter keeps weights.</summary>
    [Theory]
    [InlineData(OnnxType.Float16)]
    [InlineData(OnnxType.Float)]
    public void Import_Float16Weights_AreKept(OnnxType type)
    {
        Half[] weights = [.. Enumerable.Range(0, 8).Select(i => (Half)(0.1 * i))];
        var model = new OnnxBytes()
            .Input("x", type, 1, 4)
            .Tensor("h", OnnxType.Float16, [4, 2], weights)
            .Node("Cast", "h", "w", ("to", (int)type))
            .Node("MatMul", "x w", "y")
            .Output("y", type);
        Assert.True(Assert.IsType<Dense>(Assert.Single(Network(model).Nodes).Operator).Weights.Form!.IsFloat16);
    }

    /// <summary>Batch normalisation behind the layer changes its weights, which are no longer those of the model.</summary>
    [Fact]
    public void Import_WeightsThatAPassChanges_AreFloat32()
    {
        var model = new OnnxBytes { Opset = 21 }.Input("x", 1, 3, 32);
        Quantized(model, "w", OnnxType.Int8, [32, 10], axis: 0, 16)
            .Node("MatMul", "x w", "s")
            .Float("k", 3)
            .Node("Mul", "s k", "y")
            .Output("y");
        Assert.Null(Assert.IsType<Conv2D>(Assert.Single(Network(model).Nodes).Operator).Weights.Form);
    }

    internal static NetworkGraph Network(OnnxBytes model) =>
        ModelCompiler.Network(model.Read(), "net") is { Succeeded: true } result
            ? result.Value
            : throw new InvalidOperationException("the model is refused");

    /// <summary>Integers with scales and zero points along an axis, or of blocks along it, and the node that widens them.</summary>
    internal static OnnxBytes Quantized(OnnxBytes model, string name, OnnxType type, int[] dims, int axis, int block)
    {
        var (isNarrow, isSigned) = (type is OnnxType.Int4 or OnnxType.UInt4, type is OnnxType.Int4 or OnnxType.Int8);
        int[] places = block > 0 ? [.. dims.Select((d, i) => i == axis ? (d + block - 1) / block : d)] : [dims[axis]];
        var scales = Enumerable.Range(0, Count(places)).Select(_ => (float)(0.01 + 0.02 * Numbers.NextDouble())).ToArray();
        Integers(name + "_q", dims);
        Integers(name + "_z", places, isZero: isSigned);
        (string, object)[] attributes = block > 0 ? [("axis", axis), ("block_size", block)] : [("axis", axis)];
        return model
            .Tensor(name + "_s", OnnxType.Float, places, scales)
            .Node("DequantizeLinear", $"{name}_q {name}_s {name}_z", name, attributes);

        static int Count(int[] dims) => dims.Aggregate(1, (a, b) => a * b);

        void Integers(string tensor, int[] shape, bool isZero = false)
        {
            var values = new byte[Count(shape)];
            if (!isZero)
                Numbers.NextBytes(values);
            if (isNarrow)
                values = [.. values.Chunk(2).Select(pair => (byte)((pair[0] & 15) | (pair.Length > 1 ? pair[1] << 4 : 0)))];
            model.Tensor(tensor, type, shape, values);
        }
    }
}
