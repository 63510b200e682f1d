using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests;
using McuNet.Execution.Layers;
using Xunit;

namespace McuNet.Execution.Tests.Layers;

public sealed class CounterpartsTests
{
    [Fact]
    public void Of_Layers_AreFoundByTheNameOfWhatTheyQuantise()
    {
        var trace = new Trace(
            Networks
                .Begin(1, 2, 4, 6)
                .Conv("in_dq", "conv", 2, 4, 1)
                .Rounded("conv", "mid")
                .Node("Transpose", "mid_dq", "turned", ("perm", new[] { 0, 2, 3, 1 }))
                .Rounded("turned", "out", "coarse")
                .Output("out_dq", 1, 4, 6, 4)
                .Read()
        );

        var (conv, turned) = (trace["node_conv"].Views[0], trace["node_out_q"].Views[0]);
        Assert.Equal(("mid_q", false), (conv.Value, conv.StoredOrder));
        Assert.Equal([1, 4, 4, 6], conv.Dims.AsEnumerable());
        Assert.Equal(("out_q", true), (turned.Value, turned.StoredOrder));
        Assert.Equal([1, 4, 6, 4], turned.Dims.AsEnumerable());
    }

    /// <summary>Between real numbers a layer gives what is behind the activations that it took in.</summary>
    [Fact]
    public void Of_RealLayersThatTakeInActivations_AreFoundBehindThem()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 2, 4, 4)
            .Tensor("w", OnnxType.Float, [3, 2, 1, 1], 1f, -2f, 0.5f, 1f, -1f, 0.25f)
            .Float("high", 4f)
            .Node("Conv", "x w", "conv")
            .Node("Relu", "conv", "relu")
            .Node("Clip", "relu  high", "clip")
            .Node("Conv", "clip w2", "y")
            .Tensor("w2", OnnxType.Float, [1, 3, 1, 1], 1f, -1f, 2f)
            .Output("y", 1, 1, 4, 4);
        var trace = new Trace(model.Read());

        Assert.Equal("clip", trace["node_conv"].Views[0].Value);
        Assert.Equal("y", trace["node_y"].Views[0].Value);
    }

    [Fact]
    public void Of_PoolingThatMovedBeforeItsRounding_IsFoundBehindIt()
    {
        var trace = new Trace(
            Networks
                .Begin(1, 2, 4, 4)
                .Node("MaxPool", "in_dq", "pool", ("kernel_shape", new[] { 2, 2 }))
                .Rounded("pool", "rounded")
                .Conv("rounded_dq", "conv", 2, 4, 1)
                .Rounded("conv", "out")
                .Output("out_dq", 1, 4, 3, 3)
                .Read()
        );

        Assert.Equal("pool_q", trace["node_pool"].Result.Name);
        Assert.Equal("rounded_q", trace["node_pool"].Views[0].Value);
    }

    [Fact]
    public void Of_RoundingThatMovedBeforeThePooling_HasNoValue()
    {
        var trace = new Trace(
            Networks
                .Begin(1, 2, 4, 4)
                .Conv("in_dq", "conv", 2, 4, 1)
                .Node("MaxPool", "conv", "pool", ("kernel_shape", new[] { 2, 2 }))
                .Rounded("pool", "out")
                .Output("out_dq", 1, 4, 3, 3)
                .Read()
        );

        Assert.Equal("conv_q", trace["node_conv"].Result.Name);
        Assert.Equal((0, "no value of the model corresponds to it"), (trace["node_conv"].Views.Length, trace["node_conv"].Missing));
        Assert.Equal("out_q", trace["node_pool"].Views[0].Value);
    }

    [Fact]
    public void Of_UnsignedValues_AreTheSameNumbers()
    {
        var model = Networks
            .Begin(1, 2, 4, 4)
            .Tensor("uzero", OnnxType.UInt8, [], (byte)125)
            .Rounded("in_dq", "u", zero: "uzero")
            .Conv("u_dq", "conv", 2, 4, 1)
            .Rounded("conv", "out", zero: "uzero")
            .Output("out_dq", 1, 4, 4, 4);

        var trace = new Trace(model.Read());

        var conv = trace["node_conv"];
        Assert.Equal((ElementType.Int8, ElementType.UInt8), (conv.Result.Type.Element, conv.Views[0].Type.Element));
        Assert.All(trace.With("", op => op), r => Assert.Equal((true, 0), (r.IsObserved, r.Mismatches)));
    }

    [Fact]
    public void Of_ReshapesAndSignsOfInputs_AreNoLayers()
    {
        var model = new OnnxBytes()
            .Float("scale", 0.0625f)
            .Float("weight", 0.0078125f)
            .Zero("none")
            .Tensor("zero", OnnxType.UInt8, [], (byte)3)
            .Input("input", 1, 2, 4, 4)
            .Rounded("input", "in")
            .Conv("in_dq", "conv", 2, 4, 1)
            .Rounded("conv", "out")
            .Output("out_dq", 1, 4, 4, 4);

        var trace = new Trace(model.Read());

        Assert.Equal([nameof(Rescale), nameof(Conv2D), nameof(Rescale)], trace.Network.Nodes.Select(n => n.Operator.Kind));
        Assert.Equal([nameof(Conv2D), nameof(Rescale)], trace.Counterparts.Select(c => c.Node.Operator.Kind));
        Assert.All(trace.Counterparts, c => Assert.Equal("out_q", c.Views[0].Value));
    }

    [Fact]
    public void Of_ElementsInAnotherOrder_AreComparedInTheModelsOrder()
    {
        var trace = new Trace(
            Networks
                .Begin(1, 2, 4, 6)
                .Conv("in_dq", "conv", 2, 4, 1)
                .Rounded("conv", "mid")
                .Node("Transpose", "mid_dq", "turned", ("perm", new[] { 0, 3, 1, 2 }))
                .Rounded("turned", "odd", "coarse")
                .Node("Transpose", "odd_dq", "back", ("perm", new[] { 0, 2, 3, 1 }))
                .Rounded("back", "out")
                .Output("out_dq", 1, 4, 4, 6)
                .Output("odd_dq", 1, 6, 4, 4)
                .Read()
        );

        Assert.Equal("odd_q", trace["node_odd_q"].Views[0].Value);
        Assert.Equal("mid_q", trace["node_conv"].Views[0].Value);
        Assert.Equal("out_q", trace["node_out_q"].Views[0].Value);
    }

    [Fact]
    public void Of_ConstantChannels_AreComparedAsTheyWereBefore()
    {
        var weights = new sbyte[16 * 2];
        (weights[0], weights[3]) = (40, -30);
        var trace = new Trace(
            Networks
                .Begin(1, 2, 4, 4)
                .Conv("in_dq", "wide", weights, [16, 2, 1, 1])
                .Rounded("wide", "mid")
                .Conv("mid_dq", "conv", 16, 4, 1, kernel: 1)
                .Rounded("conv", "out")
                .Output("out_dq", 1, 4, 4, 4)
                .Read()
        );

        var wide = trace["node_wide"];
        Assert.Equal(4, trace.Network[wide.Node.Output].Type.Shape.Channels);
        Assert.Equal((16, 16), (wide.Result.Type.Shape.Channels, wide.Views[0].Type.Shape.Channels));
        Assert.All(trace.With("", op => op), r => Assert.Equal((true, 0), (r.IsObserved, r.Mismatches)));
    }
}
