using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Streaming;
using McuNet.Compiler.Tests.Networks;
using McuNet.Runtimes.OnnxRuntime;
using Xunit;

namespace McuNet.Compiler.Tests.Streaming;

public sealed class SlidingNetworkTests
{
    private static readonly Dictionary<string, Func<NetworkGraph>> Networks = new()
    {
        ["signal"] = () => StreamingNetworks.Signal(),
        ["temporal"] = () => StreamingNetworks.Temporal(),
        ["keyword"] = () => StreamingNetworks.Keyword(),
        ["lying"] = () => StreamingNetworks.Lying(),
        ["words"] = () => StreamingNetworks.Words(),
        ["numbers"] = () => StreamingNetworks.Numbers(),
    };

    [Theory]
    [InlineData("signal", 4)]
    [InlineData("signal", 16)]
    [InlineData("signal", 64)]
    [InlineData("temporal", 1)]
    [InlineData("temporal", 5)]
    [InlineData("keyword", 2)]
    [InlineData("keyword", 6)]
    [InlineData("keyword", 20)]
    [InlineData("lying", 2)]
    [InlineData("lying", 10)]
    [InlineData("words", 1)]
    [InlineData("words", 7)]
    [InlineData("numbers", 2)]
    public void Run_Slices_GiveWhatTheirWindowsDo(string network, int hop)
    {
        var windows = Windows.Of(Networks[network](), hop);
        Assert.Null(windows.Difference(windows.Sliding.Sliding!.WarmUp + 30));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Run_SlicesOfColumns_GiveWhatTheirWindowsDo(int hop)
    {
        var windows = Windows.Of(StreamingNetworks.Spectrogram(), hop, dimension: 3);
        var sliding = windows.Sliding;
        Assert.True(sliding.Sliding!.InColumns);
        Assert.Equal(new TensorShape(20, hop, 2), sliding[sliding.Inputs[0].Tensor].Type.Shape);
        Assert.Equal([1, 2, 20, hop], sliding.Inputs[0].Dims.AsEnumerable());
        Assert.Null(windows.Difference(sliding.Sliding.WarmUp + 20));
    }

    /// <summary>What is chosen in rows is computed for new ones, and so are words' vectors; the dense layer alone takes all.</summary>
    [Fact]
    public void Of_ChoicesInRows_ComputesNewRows()
    {
        Assert.Equal([typeof(Dense)], Head(StreamingNetworks.Words()));
        Assert.Equal([typeof(Dense), typeof(Reshape)], Head(SlidingNetwork.Upright(StreamingNetworks.Numbers(), 0)));

        static IEnumerable<Type> Head(NetworkGraph graph) =>
            SlidingNetwork.Of(graph, 0, hop: 1, axis: 2, isPadded: true).Head.Select(n => n.Operator.GetType());
    }

    /// <summary>Turned networks are those that they were, and slide as others do.</summary>
    [Fact]
    public void Upright_RandomNetworks_GiveTheSameOfATurnedInput()
    {
        var turns = 0;
        for (var seed = 200; seed < 360; seed++)
        {
            var whole = RandomNetwork.Build(seed);
            var type = whole[whole.Inputs[0].Tensor].Type;
            var turned = SlidingNetwork.Upright(whole, 0);
            Assert.Null(GraphVerifier.Check(turned, "upright"));
            var input = RandomNetwork.Input(whole, seed);
            var upright = new TensorData(
                turned[turned.Inputs[0].Tensor].Type,
                Windows.Turned(input.Bytes, type.Shape.Height, type.Shape.Width)
            );
            var (expected, actual) = (ReferenceEvaluator.Run(whole, [input]), ReferenceEvaluator.Run(turned, [upright]));
            Assert.True(
                expected.Zip(actual).All(p => p.First.Bytes.SequenceEqual(p.Second.Bytes)),
                $"seed {seed}\n{GraphText.Write(turned)}"
            );
            turns += turned.Nodes.Length - turned.Nodes.Count(n => n.Operator is Permute);
            var step = SlidingNetwork.HopStep(turned, turned.Inputs[0].Tensor, 1, isPadded: true).Rows;
            if (step >= type.Shape.Width)
                continue;
            var sliding = SlidingNetwork.Of(turned, 0, step, axis: 3, isPadded: true, inColumns: true).Graph;
            Assert.Equal((seed, null), (seed, new Windows(whole, sliding, seed).Difference(sliding.Sliding!.WarmUp + 3)));
        }

        Assert.True(turns > 600, $"{turns} nodes");
    }

    /// <summary>The largest of two neighbours, over four rows: of 1 5 2 4 it is 5 5 4, and 3 more give 5 4 4.</summary>
    [Fact]
    public void Run_ByHand_MovesOnRowByRow()
    {
        var net = new NetworkBuilder(1);
        var whole = net.Build("largest", net.Apply(new MaxPool { Window = StreamingNetworks.Rows(2) }, net.Input(4, 1, 1)));
        var sliding = SlidingNetwork.Of(whole, 0, hop: 1, axis: 2, isPadded: true).Graph;

        IReadOnlyList<byte[]> Row(byte value) =>
            [
                [value],
                .. sliding.States.Select(s => new byte[sliding[sliding.Inputs[s.Input].Tensor].Type.Bytes]),
            ];
        var results = StatefulNetwork.Reference(sliding, new byte[] { 1, 5, 2, 4, 3 }.Select(Row));

        Assert.Equal([2, 3], sliding.States.Select(s => sliding[sliding.Inputs[s.Input].Tensor].Type.Shape.Height));
        Assert.Equal((1, 4, 4, 3), (sliding.Sliding!.Hop, sliding.Sliding.Rows, sliding.Sliding.Reach, sliding.Sliding.WarmUp));
        Assert.Equal([5, 5, 4], results[3][0]);
        Assert.Equal([5, 4, 4], results[4][0]);
    }

    /// <summary>The last row depends on 2 x 2 x (1 + 2 + 4 + 8) rows before it: no padding reaches it, and one row of every layer is
    /// computed.</summary>
    [Fact]
    public void Of_CausalLayersOfWhichTheLastRowDecides_ComputesOneRowOfEach()
    {
        var whole = StreamingNetworks.Temporal();
        var sliding = SlidingNetwork.Of(whole, 0, hop: 1, axis: 2, isPadded: true);
        var head = sliding.HeadMacs;

        Assert.Empty(sliding.Edges);
        Assert.Equal((61, 60), (sliding.Graph.Sliding!.Reach, sliding.Graph.Sliding.WarmUp));
        Assert.Equal((whole.Macs - head) / 128 + head, sliding.Graph.Macs);
        Assert.Equal(
            [3, 3, 5, 5, 9, 9, 17, 17],
            sliding.Graph.States.Select(s => sliding.Graph[sliding.Graph.Inputs[s.Input].Tensor].Type.Shape.Height)
        );
    }

    /// <summary>
    /// In place of padding layers see the stream: the outputs are those of the network without padding on a longer window, which ended a
    /// row ago because 2 and 49 have nothing in common.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Run_PaddedStream_GivesWhatTheNetworkWithoutPaddingDoes(int hop)
    {
        var twin = StreamingNetworks.Keyword(padded: false);
        var windows = Windows.Of(StreamingNetworks.Keyword(), hop, padding: HopPadding.Stream);
        var slices = windows.Sliding.Sliding!.WarmUp + 12;
        var results = StatefulNetwork.Reference(windows.Sliding, windows.Slices(slices));
        var type = twin[twin.Inputs[0].Tensor].Type;

        Assert.Equal((75, 14, false), (windows.Sliding.Sliding.Reach, windows.Sliding.Sliding.Lag, windows.Sliding.Sliding.IsPadded));
        for (var n = windows.Sliding.Sliding.WarmUp; n < slices; n++)
        {
            var rows = windows.Taken((n + 1) * hop - 75, type.Shape.Height);
            Assert.Equal(ReferenceEvaluator.Run(twin, [new TensorData(type, rows)])[0].Bytes, results[n][0]);
        }
    }

    /// <summary>The same twin in ONNX Runtime.</summary>
    [OnnxRuntimeFact]
    public void Run_PaddedStream_EqualsOnnxRuntimeOnTheModelWithoutPadding()
    {
        var twin = StreamingNetworks.Keyword(padded: false);
        var windows = Windows.Of(StreamingNetworks.Keyword(), 2, padding: HopPadding.Stream);
        var results = StatefulNetwork.Reference(windows.Sliding, windows.Slices(70));
        using var session = OnnxSession.Open(NetworkOnnx.Write(twin));
        for (var n = windows.Sliding.Sliding!.WarmUp; n < 70; n++)
        {
            var rows = windows.Taken((n + 1) * 2 - 75, 74);
            var outputs = session.Run([new OnnxTensor(session.Inputs[0].Name, OnnxElementType.Int8, session.Inputs[0].Dims, rows)]);
            Assert.All(results[n][0].Zip(outputs[0].Data), pair => Assert.InRange((sbyte)pair.First - (sbyte)pair.Second, -1, 1));
        }
    }

    [Fact]
    public void Run_RandomNetworksOnPaddedStreams_DependOnlyOnTheRowsThatTheyReach()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var whole = RandomNetwork.Build(seed, asymmetric: false);
            var input = whole.Inputs[0].Tensor;
            var step = SlidingNetwork.HopStep(whole, input, 1, isPadded: false).Rows;
            if (step >= whole[input].Type.Shape.Height)
                continue;
            var sliding = SlidingNetwork.Of(whole, 0, step, axis: 2, isPadded: false).Graph;
            Assert.Null(GraphVerifier.Check(sliding, "sliding"));
            var (a, b) = (new Windows(whole, sliding, seed), new Windows(whole, sliding, ~seed));
            var (count, tail) = (sliding.Sliding!.WarmUp + 1, a.Slices(sliding.Sliding.WarmUp + 1));
            var before = b.Slices(count);
            Assert.Equal(Last([.. before, .. tail]), Last(tail));

            byte[] Last(IEnumerable<IReadOnlyList<byte[]>> slices) => StatefulNetwork.Reference(sliding, slices)[^1][0];
        }
    }

    [Fact]
    public void Run_RandomNetworks_GiveWhatTheirWindowsDo()
    {
        var (moved, edges) = (0, 0);
        for (var seed = 0; seed < 400; seed++)
        {
            var network = RandomNetwork.Build(seed, asymmetric: false);
            var whole = seed % 6 == 5 ? RealNetwork.Of(network, 0) : network;
            var input = whole.Inputs[0].Tensor;
            var step = SlidingNetwork.HopStep(whole, input, 1, isPadded: true).Rows;
            foreach (var hop in new[] { step, 2 * step, 3 * step }.Where(h => h < whole[input].Type.Shape.Height))
            {
                if (hop % SlidingNetwork.HopStep(whole, input, hop, isPadded: true).Rows != 0)
                    continue;
                var sliding = SlidingNetwork.Of(whole, 0, hop, axis: 2, isPadded: true);
                moved += sliding.Graph.States.Length;
                edges += sliding.Edges.Length;
                Assert.Null(GraphVerifier.Check(sliding.Graph, "sliding"));
                Assert.Equal(
                    (seed, hop, null),
                    (seed, hop, new Windows(whole, sliding.Graph, seed).Difference(sliding.Graph.Sliding!.WarmUp + 4))
                );
            }
        }

        Assert.True(moved > 800 && edges > 400, $"{moved} states, {edges} layers with edges");
    }
}
