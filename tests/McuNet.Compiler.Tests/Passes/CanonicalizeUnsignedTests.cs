using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>uint8 activations become int8.</summary>
public sealed class CanonicalizeUnsignedTests
{
    [Fact]
    public void CanonicalizeUnsigned_UnsignedModel_RunsSignedBetweenItsPorts()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 3, 4, 4)
            .Float("s", 0.5f)
            .Tensor("z", OnnxType.UInt8, [], (byte)10)
            .Node("QuantizeLinear", "x s z", "q")
            .Node("DequantizeLinear", "q s z", "d")
            .Node("MaxPool", "d", "m", ("kernel_shape", new[] { 2, 2 }));
        var graph = Compile(model, "m");
        Assert.Equal(["Rescale", "MaxPool", "Rescale"], Kinds(graph));
        Assert.Equal((ElementType.UInt8, ElementType.UInt8), (graph.Inputs[0].Element, graph.Outputs[0].Element));
        Assert.Equal(-118, graph[graph.Nodes[1].Output].Type.ZeroPoint);
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type, Enumerable.Range(100, 48).Select(i => (byte)i).ToArray());
        Assert.Equal([115, 116, 117], ReferenceEvaluator.Run(graph, [input])[0].Bytes.Take(3).Select(b => (int)b));
    }
}
