using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline.Fitting;

/// <summary>Networks with fewer channels: numbers worked by hand, weights of the channels that stay, and the layers that are in the
/// way.</summary>
public sealed class ScaledChannelsTests
{
    [Theory]
    [InlineData(32, 0.5, 16)]
    [InlineData(24, 0.5, 16)]
    [InlineData(8, 0.05, 8)]
    [InlineData(12, 0.3, 4)]
    [InlineData(10, 0.5, 6)]
    [InlineData(7, 0.5, 4)]
    public void Rounded_IsTheNearestMultipleOfTheGrain(int channels, double factor, int expected) =>
        Assert.Equal(expected, ScaledChannels.Rounded(channels, factor));

    /// <summary>A stem of 16 becomes 8; block, sum and depthwise layer follow; the four classes stay.</summary>
    [Fact]
    public void Of_ResidualNetwork_ScalesAllButItsPorts()
    {
        var builder = new NetworkBuilder(1);
        var stem = builder.Conv(builder.Input(8, 8, 3), 16, NetworkBuilder.Square(3));
        var sum = builder.Apply(
            new Add(),
            builder.Conv(builder.Depthwise(stem, NetworkBuilder.Square(3)), 16, NetworkBuilder.Square(1)),
            stem
        );
        var graph = builder.Build("residual", builder.Dense(sum, 4));

        var scaled = ScaledChannels.Of(graph, 0.5).Graph!;

        Assert.Equal(["8x8x3", "8x8x8", "8x8x8", "8x8x8", "8x8x8", "1x1x4"], scaled.Tensors.Select(t => t.Type.Shape.ToString()));
        Assert.Null(GraphVerifier.Check(scaled, "scaling"));
        Assert.Equal(4, ReferenceEvaluator.Run(scaled, [new TensorData(scaled.Tensors[0].Type)])[0].Bytes.Length);
    }

    /// <summary>Weights [out 4, in 2] of a 1x1 convolution, of which [2, 2] stay; those of a dense layer on 2x1 pixels of 4 channels, of
    /// which 2 stay each.</summary>
    [Fact]
    public void Of_Weights_AreThoseOfTheChannelsThatStay()
    {
        var builder = new NetworkBuilder(1);
        var graph = builder.Build("two", builder.Dense(builder.Conv(builder.Input(2, 1, 2), 6, NetworkBuilder.Square(1)), 2));

        var scaled = ScaledChannels.Of(graph, 0.3).Graph!;

        var (conv, dense) = ((Conv2D)graph.Nodes[0].Operator, (Dense)graph.Nodes[1].Operator);
        var (narrow, less) = ((Conv2D)scaled.Nodes[0].Operator, (Dense)scaled.Nodes[1].Operator);
        Assert.Equal(conv.Weights.Data.Take(4), narrow.Weights.Data.AsEnumerable());
        Assert.Equal([2, 1, 1, 2], narrow.Weights.Dims.AsEnumerable());
        Assert.Equal(conv.Weights.Scales.Take(2), narrow.Weights.Scales.AsEnumerable());
        Assert.Equal(conv.Bias!.Data.Take(8), narrow.Bias!.Data.AsEnumerable());
        Assert.Equal([2, 4], less.Weights.Dims.AsEnumerable());
        var w = dense.Weights.Data;
        Assert.Equal([w[0], w[1], w[6], w[7], w[12], w[13], w[18], w[19]], less.Weights.Data.AsEnumerable());
    }

    [Fact]
    public void Of_ConcatenationAddedToALayer_SaysWhereTheNumbersPart()
    {
        var builder = new NetworkBuilder(1);
        var input = builder.Input(4, 4, 8);
        var joined = builder.Apply(
            new Concat(),
            builder.Conv(input, 8, NetworkBuilder.Square(1)),
            builder.Conv(input, 8, NetworkBuilder.Square(1))
        );
        var sum = builder.Apply(new Add(), joined, builder.Conv(input, 16, NetworkBuilder.Square(1)));
        var graph = builder.Build("joined", builder.Dense(sum, 2));

        Assert.Equal("'add_4' (Add) would get inputs of 4x4x16 and 4x4x8", ScaledChannels.Of(graph, 0.5).WhyNot);
    }

    [Fact]
    public void Of_SelectedChannels_SaysThatTheyAreGiven()
    {
        var builder = new NetworkBuilder(1);
        var chosen = builder.Apply(
            new SelectChannels { Source = [1, 0, 3, 2, 5, 4, 7, 6] },
            builder.Conv(builder.Input(4, 4, 3), 16, NetworkBuilder.Square(1))
        );
        var graph = builder.Build("shuffled", builder.Dense(chosen, 2));

        Assert.Equal("'selectchannels_1' (SelectChannels) is made for 16 channels", ScaledChannels.Of(graph, 0.5).WhyNot);
    }
}
