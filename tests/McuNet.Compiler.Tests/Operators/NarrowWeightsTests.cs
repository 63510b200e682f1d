using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using Xunit;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Weights of four bits between int8 activations.</summary>
public sealed class NarrowWeightsTests
{
    private static readonly KernelTarget Portable = new(KernelLanguage.C, DeviceFeatures.None);

    /// <summary>The same integers as int8 give the same numbers, in twice the bytes.</summary>
    [OnnxRuntimeTheory]
    [InlineData(OnnxType.Int4, 1)]
    [InlineData(OnnxType.UInt4, 1)]
    [InlineData(OnnxType.Int4, 3)]
    public void Import_QuantisedConvolutionByFourBits_KeepsThemAndEqualsOnnxRuntime(OnnxType type, int kernel)
    {
        var (narrow, plain) = (Model(type, kernel), Model(OnnxType.Int8, kernel));
        var (first, second) = (Call(narrow), Call(plain));
        Assert.EndsWith("_portable_narrow", first.Function, StringComparison.Ordinal);
        Assert.EndsWith("_portable", second.Function, StringComparison.Ordinal);
        Assert.Equal(2 * Bytes(first), Bytes(second));
        Assert.Equal(0, OnnxOracle.Compare(narrow, 3).Mismatches);
        Assert.Equal(Result(PackedLinearTests.Network(plain)), Result(PackedLinearTests.Network(narrow)));
    }

    /// <summary>Zero points other than 0 keep a byte for each weight.</summary>
    [Fact]
    public void Layer_WeightsWithZeroPoint_AreNotNarrow()
    {
        var weights = Operands.Weights([1, 4], 0.5f, 1, -8, 7, 0) with { Bits = 4 };
        Assert.True(LinearLayers.IsNarrow(LinearKind.Dense, weights));
        Assert.False(LinearLayers.IsNarrow(LinearKind.Dense, weights with { ZeroPoints = [1] }));
        Assert.False(LinearLayers.IsNarrow(LinearKind.Dense, weights with { Bits = 8 }));
        Assert.False(LinearLayers.IsNarrow(LinearKind.Dense, Operands.Weights([1, 4], 0.5f, 1, -8, 8, 0) with { Bits = 4 }));
    }

    /// <summary>Channels 0 to 3 of taps 0, 2, 1, 3, each eight more: 8 + 1, 8 - 8 in the first byte.</summary>
    [Fact]
    public void Pack_FourChannelsByTwoTaps_IsTheOrderOfTheKernel()
    {
        var op = new Dense { Weights = Operands.Weights([4, 2], 0.5f, 1, 2, -8, 3, 7, 4, 0, 5) with { Bits = 4 } };
        var layer = op.Layer(new([Operands.Type(1, 1, 2, 0.5f, 0)], Operands.Type(1, 1, 4, 0.5f, 0)));
        Assert.Equal("09-8F-88-88-BA-DC-88-88", BitConverter.ToString([.. LinearNarrow.Pack(layer).Select(b => unchecked((byte)b))]));
    }

    private static OnnxBytes Model(OnnxType type, int kernel)
    {
        var random = new Random(5);
        sbyte[] steps = [.. Enumerable.Range(0, 8 * 4 * kernel * kernel).Select(_ => (sbyte)random.Next(-8, 8))];
        var zero = type == OnnxType.UInt4 ? 8 : 0;
        byte[] stored =
            type == OnnxType.Int8
                ? [.. steps.Select(s => unchecked((byte)s))]
                : [.. steps.Chunk(2).Select(pair => (byte)(((pair[0] + zero) & 15) | ((pair[1] + zero) & 15) << 4))];
        var model = new OnnxBytes { Opset = 21 }
            .Input("x", 1, 4, 6, 6)
            .Float("xs", 0.05f)
            .Zero("xz", 3)
            .Float("ys", 0.2f)
            .Zero("yz", -5)
            .Node("QuantizeLinear", "x xs xz", "q")
            .Node("DequantizeLinear", "q xs xz", "d");
        model
            .Tensor("w", type, [8, 4, kernel, kernel], stored)
            .Float("ws", [.. Enumerable.Range(0, 8).Select(c => 0.02f + 0.003f * c)])
            .Tensor("wz", type, [8], type == OnnxType.UInt4 ? [0x88, 0x88, 0x88, 0x88] : new byte[type == OnnxType.Int8 ? 8 : 4])
            .Node("DequantizeLinear", "w ws wz", "wd", ("axis", 0));
        return model
            .Node("Conv", "d wd", "c")
            .Node("QuantizeLinear", "c ys yz", "cq")
            .Node("DequantizeLinear", "cq ys yz", "y")
            .Output("y");
    }

    private static KernelCall Call(OnnxBytes model)
    {
        var graph = PackedLinearTests.Network(model);
        var node = Assert.Single(graph.Nodes, n => n.Operator is Conv2D);
        return OperatorTable.Lower(node.Operator, graph.TypesOf(node), Portable);
    }

    private static int Bytes(KernelCall call) => call.Tables.Single(t => t.Content!.Role == "weights").Bytes;

    private static byte[] Result(NetworkGraph graph)
    {
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        new Random(9).NextBytes(input.Bytes);
        return ReferenceEvaluator.Run(graph, [input])[0].Bytes;
    }
}
