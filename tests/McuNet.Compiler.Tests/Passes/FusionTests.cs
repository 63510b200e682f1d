using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using Xunit;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Each pass on the smallest model that needs it.</summary>
public sealed class FusionTests
{
    [Fact]
    public void QuantizeBorders_QuantizedInputAndOutput_HandsOverIntegers()
    {
        var graph = Compile(Start().Node("MaxPool", "d", "m", ("kernel_shape", new[] { 2, 2 })), "m");
        Assert.Equal((ElementType.Int8, ElementType.Int8), (graph.Inputs[0].Element, graph.Outputs[0].Element));
        Assert.Equal(["MaxPool"], Kinds(graph));
    }

    [Fact]
    public void FuseActivations_ReluThenClip_BecomesOneClamp()
    {
        var graph = Compile(Start().Float("lo", -1).Float("hi", 6).Node("Add", "d d", "a").Node("Relu", "a", "r").Node("Clip", "r lo hi", "c"), "c");
        Assert.Equal(new Clamp(0, 6), Assert.IsType<Add>(Assert.Single(graph.Nodes).Operator).Clamp);
    }

    [Fact]
    public void FuseActivations_ReluBehindPool_MovesBeforeIt()
    {
        var graph = Compile(Start().Node("Add", "d d", "a").Node("MaxPool", "a", "m", ("kernel_shape", new[] { 2, 2 })).Node("Relu", "m", "r"), "r");
        Assert.Equal(["Add", "MaxPool"], Kinds(graph));
        Assert.Equal(Clamp.Relu, ((Add)graph.Nodes[0].Operator).Clamp);
    }

    [Fact]
    public void FuseActivations_ResultReadTwice_StaysBeside()
    {
        var model = Start().Node("Add", "d d", "a").Node("QuantizeLinear", "a s z", "aq").Node("DequantizeLinear", "aq s z", "ad").Node("Relu", "ad", "r")
            .Node("QuantizeLinear", "r s z", "rq").Node("DequantizeLinear", "rq s z", "rd").Node("Add", "ad rd", "b");
        Assert.Equal(["Add", "Requantize", "Add"], Kinds(Compile(model, "b")));
    }

    [Fact]
    public void DropRequantize_SeparateReluOnIntegers_MovesIntoProducer()
    {
        var model = Start().Node("Add", "d d", "a").Node("QuantizeLinear", "a s z", "aq").Node("DequantizeLinear", "aq s z", "ad").Node("Relu", "ad", "r");
        Assert.Equal(Clamp.Relu, Assert.IsType<Add>(Assert.Single(Compile(model, "r").Nodes).Operator).Clamp);
    }

    [Fact]
    public void DropRequantize_OtherScale_Stays()
    {
        var model = Start().Float("s2", 0.75f).Node("QuantizeLinear", "d s2 z", "e").Node("DequantizeLinear", "e s2 z", "ed").Node("MaxPool", "ed", "m", ("kernel_shape", new[] { 2, 2 }))
            .Node("QuantizeLinear", "m s2 z", "oq").Node("DequantizeLinear", "oq s2 z", "y").Output("y");
        Assert.Equal(["Requantize", "MaxPool"], Kinds(Finish(model)));
    }

    [Fact]
    public void HoistQuantize_PoolBetweenAddAndQuantize_PoolsIntegers()
    {
        var graph = Compile(Start().Node("Add", "d d", "a").Node("MaxPool", "a", "m", ("kernel_shape", new[] { 2, 2 })), "m");
        Assert.Equal(["Add", "MaxPool"], Kinds(graph));
        Assert.All(graph.Tensors, t => Assert.Equal(ElementType.Int8, t.Type.Element));
    }

    [Fact]
    public void RecognizeMean_PoolOverEverything_BecomesMean() =>
        Assert.Equal(["Mean"], Kinds(Compile(Start().Node("AveragePool", "d", "p", ("kernel_shape", new[] { 4, 4 }), ("strides", new[] { 4, 4 })), "p")));

    [Fact]
    public void RecognizeDense_ConvOverEverything_BecomesDense()
    {
        var model = Start().Tensor("w", OnnxType.Int8, [2, 3, 4, 4], new sbyte[96]).Node("DequantizeLinear", "w s", "wd").Node("Conv", "d wd", "c");
        Assert.Equal([2, 48], Assert.IsType<Dense>(Assert.Single(Compile(model, "c").Nodes).Operator).Weights.Dims.AsEnumerable());
    }

    [Fact]
    public void CanonicalizeUnsigned_UnsignedModel_RunsSignedBetweenItsPorts()
    {
        var model = new OnnxBytes().Input("x", 1, 3, 4, 4).Float("s", 0.5f).Tensor("z", OnnxType.UInt8, [], (byte)10)
            .Node("QuantizeLinear", "x s z", "q").Node("DequantizeLinear", "q s z", "d").Node("MaxPool", "d", "m", ("kernel_shape", new[] { 2, 2 }));
        var graph = Compile(model, "m");
        Assert.Equal(["Requantize", "MaxPool", "Requantize"], Kinds(graph));
        Assert.Equal((ElementType.UInt8, ElementType.UInt8), (graph.Inputs[0].Element, graph.Outputs[0].Element));
        Assert.Equal(-118, graph[graph.Nodes[1].Output].Type.ZeroPoint);
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type, Enumerable.Range(100, 48).Select(i => (byte)i).ToArray());
        Assert.Equal([115, 116, 117], ReferenceEvaluator.Run(graph, [input])[0].Bytes.Take(3).Select(b => (int)b));
    }

    [Fact]
    public void QuantizeBorders_TwoOutputsOfOneTensor_ShareIt()
    {
        var model = Start().Node("Add", "d d", "a").Node("QuantizeLinear", "a s z", "aq").Node("DequantizeLinear", "aq s z", "y").Node("Identity", "y", "y2").Output("y").Output("y2");
        var graph = Finish(model);
        Assert.Equal(graph.Outputs[0].Tensor, graph.Outputs[1].Tensor);
    }

    /// <summary>An image of 3 x 4 x 4 with scale 0.5: real values in "d".</summary>
    private static OnnxBytes Start() => new OnnxBytes().Input("x", 1, 3, 4, 4).Float("s", 0.5f).Zero("z").Node("QuantizeLinear", "x s z", "q").Node("DequantizeLinear", "q s z", "d");

    private static NetworkGraph Compile(OnnxBytes model, string result) =>
        Finish(model.Node("QuantizeLinear", $"{result} s z", "oq").Node("DequantizeLinear", "oq s z", "y").Output("y"));

    private static NetworkGraph Finish(OnnxBytes model) => ModelImporter.Import(model.Read(), "net").Then(g => PassPipeline.Run(g)).Value;

    private static IEnumerable<string> Kinds(NetworkGraph graph) => graph.Nodes.Select(n => n.Operator.Kind);
}
