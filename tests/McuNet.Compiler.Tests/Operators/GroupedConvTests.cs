using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>Convolutions whose channels are in groups.</summary>
public sealed class GroupedConvTests
{
    /// <summary>Channels 1 2 | 3 4; the first group has outputs 1a + 10b and 2a, the second -a + b and 100b, of which 400
    /// saturates.</summary>
    [Fact]
    public void Evaluate_TwoGroups_ReadTheirOwnChannels()
    {
        var op = new Conv2D
        {
            Weights = Weights([4, 1, 1, 2], 1, 1, 10, 2, 0, -1, 1, 0, 100),
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
            Groups = 2,
        };
        Assert.Equal([21, 2, 1, 127], Evaluate(op, Type(1, 1, 4, 1, 0), Data(Type(1, 1, 4, 1, 0), 1, 2, 3, 4)));
    }

    [OnnxRuntimeTheory]
    [InlineData(6, 3, 6)]
    [InlineData(6, 2, 9)]
    [InlineData(8, 4, 4)]
    [InlineData(12, 3, 3)]
    public void Evaluate_Groups_EqualOnnxRuntime(int channels, int groups, int each) =>
        Assert.Equal(0, OnnxOracle.Compare(Model(channels, groups, groups * each), 1).Mismatches);

    [Theory]
    [InlineData(6, 4)]
    [InlineData(6, 0)]
    public void Import_GroupThatDividesNothing_IsReported(int channels, int groups) =>
        Assert.Contains(ModelImporter.Import(Model(channels, groups, 12).Read(), "net").Diagnostics, d => d.Id == "MCU1004");

    [Fact]
    public void Compile_QdqModel_IsOneLayerThatRunsByRows()
    {
        var graph = ModelCompiler.Network(Model(6, 3, 6).Read(), "net").Value;
        var node = Assert.Single(graph.Nodes);
        Assert.Equal(3, Assert.IsType<Conv2D>(node.Operator).Groups);
        Assert.Equal(8, node.Operator.Rows(graph.TypesOf(node)).Steps);
    }

    private static OnnxBytes Model(int channels, int groups, int outputs)
    {
        var inputs = channels / Math.Max(1, groups);
        var weights = new sbyte[outputs * inputs * 9];
        new Random(5).NextBytes(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new OnnxBytes()
            .Input("x", 1, channels, 8, 7)
            .Float("s", 0.0234f)
            .Zero("z", 9)
            .Float("o", 0.21f)
            .Zero("p", 3)
            .Float("ws", [.. Enumerable.Range(0, outputs).Select(c => 0.01f + 0.001f * c)])
            .Tensor("wz", OnnxType.Int8, [outputs], new sbyte[outputs])
            .Tensor("w", OnnxType.Int8, [outputs, inputs, 3, 3], weights)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("DequantizeLinear", "w ws wz", "wd", ("axis", 0))
            .Node("Conv", "d wd", "f", ("group", groups), ("pads", new[] { 1, 1, 1, 1 }))
            .Node("QuantizeLinear", "f o p", "oq")
            .Node("DequantizeLinear", "oq o p", "y")
            .Output("y");
    }
}
