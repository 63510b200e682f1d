using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Transpositions, reshapes and paddings cost nothing where an operator can take them in.</summary>
public sealed class ViewTests
{
    [Fact]
    public void Import_FlattenedChannelsFirst_PermutesDenseWeights()
    {
        var graph = Dense(m => m.Node("Flatten", "d", "v"));
        Assert.Equal(["Dense"], Kinds(graph));
        Assert.Equal([0, 4, 1, 5, 2, 6, 3, 7], Weights(graph));
    }

    [Fact]
    public void Import_TransposedThenFlattened_KeepsDenseWeights()
    {
        var graph = Dense(m => m.Node("Transpose", "d", "t", ("perm", new[] { 0, 2, 3, 1 })).Node("Flatten", "t", "v"));
        Assert.Equal(["Dense"], Kinds(graph));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Weights(graph));
    }

    [Fact]
    public void Import_SqueezedAndUnsqueezed_CostsNothing()
    {
        var graph = Dense(m =>
            m.Tensor("zero", OnnxType.Int64, [1], 0L)
                .Node("Squeeze", "d zero", "a")
                .Node("Unsqueeze", "a zero", "b")
                .Node("Flatten", "b", "v")
        );
        Assert.Equal([0, 4, 1, 5, 2, 6, 3, 7], Weights(graph));
    }

    [Fact]
    public void Import_MeanAfterTransposition_RemovesTheRightAxes()
    {
        var graph = Compile(
            Image()
                .Node("Transpose", "d", "t", ("perm", new[] { 0, 2, 3, 1 }))
                .Node("ReduceMean", "t", "m", ("axes", new[] { 2 }), ("keepdims", 0)),
            "m"
        );
        var mean = Assert.IsType<Mean>(Assert.Single(graph.Nodes).Operator);
        Assert.Equal((false, true), (mean.OverHeight, mean.OverWidth));
        Assert.Equal([1, 2, 2], graph.Outputs[0].Dims.AsEnumerable());
    }

    [Fact]
    public void Import_InputInRowsFirstOrder_IsStoredAsIs()
    {
        var graph = Compile(
            new OnnxBytes()
                .Input("x", 1, 5, 7, 3)
                .Float("s", 0.5f)
                .Zero("z")
                .Node("QuantizeLinear", "x s z", "q")
                .Node("DequantizeLinear", "q s z", "e")
                .Node("Transpose", "e", "d", ("perm", new[] { 0, 3, 1, 2 }))
                .Node("MaxPool", "d", "m", ("kernel_shape", new[] { 2, 2 })),
            "m"
        );
        Assert.Equal(new TensorShape(5, 7, 3), graph[graph.Inputs[0].Tensor].Type.Shape);
        Assert.True(graph.Inputs[0].StoredOrder);
        Assert.Equal([1, 5, 7, 3], graph.Inputs[0].Dims.AsEnumerable());
        Assert.False(graph.Outputs[0].StoredOrder);
    }

    [Fact]
    public void Import_VectorReshapedToImage_GivesInputThatShape()
    {
        var graph = Compile(
            new OnnxBytes()
                .Input("x", 1, 20)
                .Float("s", 0.5f)
                .Zero("z")
                .Node("QuantizeLinear", "x s z", "q")
                .Node("DequantizeLinear", "q s z", "d")
                .Tensor("to", OnnxType.Int64, [4], 1L, 1, 5, -1)
                .Node("Reshape", "d to", "i")
                .Node("MaxPool", "i", "m", ("kernel_shape", new[] { 2, 2 })),
            "m"
        );
        Assert.Equal(["MaxPool"], Kinds(graph));
        Assert.Equal(new TensorShape(5, 4, 1), graph[graph.Inputs[0].Tensor].Type.Shape);
        Assert.Equal([1, 20], graph.Inputs[0].Dims.AsEnumerable());
    }

    [Fact]
    public void Import_PadBeforeConv_BecomesItsWindow()
    {
        var graph = Compile(
            Image()
                .Tensor("pads", OnnxType.Int64, [8], 0L, 0, 1, 0, 0, 0, 2, 3)
                .Node("Pad", "d pads", "p")
                .Node("QuantizeLinear", "p s z", "pq")
                .Node("DequantizeLinear", "pq s z", "pd")
                .Tensor("w", OnnxType.Int8, [1, 2, 2, 2], new sbyte[8])
                .Node("DequantizeLinear", "w s", "wd")
                .Node("Conv", "pd wd", "c", ("kernel_shape", new[] { 2, 2 })),
            "c"
        );
        var conv = Assert.IsType<Conv2D>(Assert.Single(graph.Nodes).Operator);
        Assert.Equal((1, 0, 2, 3), (conv.Window.PadTop, conv.Window.PadLeft, conv.Window.PadBottom, conv.Window.PadRight));
    }

    [Fact]
    public void Import_SignalConvolution_RunsOverRows()
    {
        var graph = Compile(
            new OnnxBytes()
                .Input("x", 1, 2, 9)
                .Float("s", 0.5f)
                .Zero("z")
                .Node("QuantizeLinear", "x s z", "q")
                .Node("DequantizeLinear", "q s z", "d")
                .Tensor("w", OnnxType.Int8, [4, 2, 3], new sbyte[24])
                .Node("DequantizeLinear", "w s", "wd")
                .Node("Conv", "d wd", "c", ("pads", new[] { 1, 1 }), ("strides", new[] { 2 })),
            "c"
        );
        Assert.Equal(new TensorShape(5, 1, 4), graph[graph.Outputs[0].Tensor].Type.Shape);
        Assert.Equal([1, 4, 5], graph.Outputs[0].Dims.AsEnumerable());
    }

    /// <summary>An image of 2 channels, 2 rows, 2 columns: real values in "d".</summary>
    private static OnnxBytes Image() =>
        new OnnxBytes()
            .Input("x", 1, 2, 2, 2)
            .Float("s", 0.5f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d");

    private static NetworkGraph Dense(Func<OnnxBytes, OnnxBytes> view)
    {
        var weights = Enumerable.Range(0, 8).Select(i => (sbyte)i).ToArray();
        var model = view(Image())
            .Tensor("w", OnnxType.Int8, [1, 8], weights)
            .Node("DequantizeLinear", "w s", "wd")
            .Node("Gemm", "v wd", "g", ("transB", 1));
        return Compile(model, "g");
    }

    private static NetworkGraph Compile(OnnxBytes model, string result)
    {
        var complete = model.Node("QuantizeLinear", $"{result} s z", "oq").Node("DequantizeLinear", "oq s z", "y").Output("y").Read();
        return ModelCompiler.Network(complete, "net").Value;
    }

    private static IEnumerable<string> Kinds(NetworkGraph graph) => graph.Nodes.Select(n => n.Operator.Kind);

    private static IEnumerable<int> Weights(NetworkGraph graph) =>
        ((Dense)graph.Nodes[^1].Operator).Weights.Data.Select(b => (int)(sbyte)b);
}
