using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Passes;

public sealed class DropConstantChannelsTests
{
    private const int Channels = 16;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_DeadChannelsThroughDepthwise_NarrowsBothAndKeepsResults(int seed)
    {
        var network = new NetworkBuilder(seed);
        var conv = network.Conv(network.Input(6, 6, 5), Channels, NetworkBuilder.Square(1), Clamp.Relu);
        var last = network.Conv(network.Depthwise(conv, NetworkBuilder.Square(3), clamp: Clamp.Relu), 6, NetworkBuilder.Square(1));
        var graph = Kill(network.Build("n", last), 0, atZero: true);
        Assert.Equal([8, 8, 6], AssertSame(graph, seed));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Run_OtherValuesIntoDense_FoldsThemIntoTheBias(int seed)
    {
        var network = new NetworkBuilder(seed);
        var conv = network.Conv(network.Input(4, 4, 5), Channels, NetworkBuilder.Square(3));
        var graph = Kill(network.Build("n", network.Dense(conv, 7)), 0, atZero: false);
        Assert.Equal([8, 7], AssertSame(graph, seed));
    }

    [Fact]
    public void Run_OtherValuesIntoPadding_Stay()
    {
        var network = new NetworkBuilder(6);
        var conv = network.Conv(network.Input(5, 5, 5), Channels, NetworkBuilder.Square(1));
        var graph = Kill(network.Build("n", network.Conv(conv, 6, NetworkBuilder.Square(3))), 0, atZero: false);
        Assert.Equal([Channels, 6], AssertSame(graph, 6));
    }

    [Fact]
    public void Run_ResultIsAnOutput_Stays()
    {
        var network = new NetworkBuilder(7);
        var conv = network.Conv(network.Input(5, 5, 5), Channels, NetworkBuilder.Square(1));
        var graph = Kill(network.Build("n", conv, network.Conv(conv, 6, NetworkBuilder.Square(1))), 0, atZero: true);
        Assert.Equal([Channels, 6], AssertSame(graph, 7));
    }

    /// <summary>Gives all but five channels of a convolution a scale near zero, and a bias that alone decides the value.</summary>
    private static NetworkGraph Kill(NetworkGraph graph, int index, bool atZero)
    {
        var node = graph.Nodes[index];
        var conv = (Conv2D)node.Operator;
        var types = graph.TypesOf(node);
        var scales = Enumerable.Range(0, Channels).Select(conv.Weights.ScaleOf).ToArray();
        var bias = Enumerable.Range(0, Channels).Select(c => c * 100 - 700).ToArray();
        foreach (var c in Enumerable.Range(0, Channels).Where(c => c % 3 != 1))
        {
            scales[c] = types.Output.Scale / types.Input.Scale * 1e-8f;
            bias[c] = atZero ? 1 << 20 : (c % 5 - 2) * 430_000_000;
        }

        var op = conv with
        {
            Weights = conv.Weights with { Scales = [.. scales] },
            Bias = conv.Bias! with { Data = [.. MemoryMarshal.AsBytes(bias.AsSpan()).ToArray()] },
        };
        return graph with { Nodes = graph.Nodes.SetItem(index, node with { Operator = op }) };
    }

    private static List<int> AssertSame(NetworkGraph graph, int seed)
    {
        var narrow = DropConstantChannels.Run(graph, new PassContext());
        Assert.Null(GraphVerifier.Check(narrow, nameof(DropConstantChannels)));
        var random = new Random(seed);
        for (var i = 0; i < 4; i++)
        {
            var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
            random.NextBytes(input.Bytes);
            var (expected, actual) = (ReferenceEvaluator.Run(graph, [input]), ReferenceEvaluator.Run(narrow, [input]));
            Assert.Equal(expected.Select(d => d.Bytes), actual.Select(d => d.Bytes));
        }

        return [.. narrow.Nodes.Select(n => narrow[n.Output].Type.Shape.Channels)];
    }
}
