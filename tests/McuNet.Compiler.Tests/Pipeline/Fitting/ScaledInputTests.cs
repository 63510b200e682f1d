using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline.Fitting;

/// <summary>Networks on smaller inputs: sizes worked by hand, and the layers that are in the way.</summary>
public sealed class ScaledInputTests
{
    /// <summary>24x16 by a stride of two is 12x8, by another 6x4: that of 40x24, whose sides are 20x12 and 10x6.</summary>
    [Fact]
    public void Of_ConvolutionsUpToAMean_HaveTheSizesOfTheSmallerInput()
    {
        var graph = Pooled(new Mean { OverHeight = true, OverWidth = true });

        var scaled = ScaledInput.Of(graph, 24, 16).Graph!;

        Assert.Equal(["24x16x3", "12x8x8", "6x4x8", "1x1x8", "1x1x4"], scaled.Tensors.Select(t => t.Type.Shape.ToString()));
        Assert.Equal([1, 3, 24, 16], scaled.Inputs[0].Dims.AsEnumerable());
        Assert.Null(GraphVerifier.Check(scaled, "scaling"));
        Assert.Same(((Conv2D)graph.Nodes[0].Operator).Weights, ((Conv2D)scaled.Nodes[0].Operator).Weights);
        Assert.Equal(4, ReferenceEvaluator.Run(scaled, [new TensorData(scaled.Tensors[0].Type)])[0].Bytes.Length);
    }

    [Fact]
    public void Of_AveragePoolOverAllOfItsInput_StaysOverAll()
    {
        var graph = Pooled(
            new AveragePool
            {
                Window = new() { KernelHeight = 10, KernelWidth = 6 },
            }
        );

        var scaled = ScaledInput.Of(graph, 24, 16).Graph!;

        Assert.Equal(new Window { KernelHeight = 6, KernelWidth = 4 }, ((AveragePool)scaled.Nodes[2].Operator).Window);
        Assert.Null(GraphVerifier.Check(scaled, "scaling"));
    }

    [Fact]
    public void Of_DenseOnAnImage_SaysThatItsWeightsAreForThatSize()
    {
        var builder = new NetworkBuilder(1);
        var graph = builder.Build("flat", builder.Dense(builder.Conv(builder.Input(8, 8, 3), 4, NetworkBuilder.Square(3)), 2));

        Assert.Equal("'dense_1' multiplies all 8x8x4 values of its input with weights of their own", ScaledInput.Of(graph, 4, 4).WhyNot);
    }

    [Fact]
    public void Of_AnImageAsOutput_SaysThatNothingPoolsIt()
    {
        var builder = new NetworkBuilder(1);
        var graph = builder.Build("mask", builder.Conv(builder.Input(8, 8, 3), 4, NetworkBuilder.Square(3)));

        Assert.Equal(
            "no global pooling stands before its output 'output_0', which would be 4x4x4 instead of 8x8x4",
            ScaledInput.Of(graph, 4, 4).WhyNot
        );
    }

    /// <summary>Rows that are halved by a pooling and by a stride with another padding agree for 8, not for 7: 3 and 4.</summary>
    [Fact]
    public void Of_BranchesThatRoundApart_SaysWhereTheyMeet()
    {
        var builder = new NetworkBuilder(1);
        var input = builder.Input(8, 8, 4);
        var pooled = builder.Apply(new MaxPool { Window = NetworkBuilder.Square(2, stride: 2, pad: 0) }, input);
        var sum = builder.Apply(new Add(), builder.Conv(input, 4, NetworkBuilder.Square(3, stride: 2)), pooled);
        var graph = builder.Build("branches", builder.Apply(new Mean { OverHeight = true, OverWidth = true }, sum));

        Assert.NotNull(ScaledInput.Of(graph, 6, 6).Graph);
        Assert.Equal("'add_2' would get inputs of 4x4x4 and 3x3x4", ScaledInput.Of(graph, 7, 7).WhyNot);
    }

    [Theory]
    [InlineData(16, 12, "4x3 8x6 12x9")]
    [InlineData(6, 3, "2x1 4x2")]
    [InlineData(5, 2, "1x1 2x1 3x1 4x2")]
    [InlineData(1, 8, "1x4")]
    [InlineData(8, 1, "4x1")]
    [InlineData(1, 1, "")]
    public void Candidates_KeepTheProportion(int height, int width, string expected)
    {
        var builder = new NetworkBuilder(1);
        var graph = builder.Build("any", builder.Conv(builder.Input(height, width, 1), 1, NetworkBuilder.Square(1)));

        Assert.Equal(expected, string.Join(' ', ScaledInput.Candidates(graph).Select(c => $"{c.Height}x{c.Width}")));
    }

    private static NetworkGraph Pooled(Operator pool)
    {
        var builder = new NetworkBuilder(1);
        var wide = builder.Conv(builder.Input(40, 24, 3), 8, NetworkBuilder.Square(3, stride: 2));
        return builder.Build("pooled", builder.Dense(builder.Apply(pool, builder.Depthwise(wide, NetworkBuilder.Square(3, stride: 2))), 4));
    }
}
