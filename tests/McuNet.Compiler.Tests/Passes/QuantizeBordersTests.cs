using McuNet.Compiler.Graph;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Ports of real values that are quantised at once become ports of integers.</summary>
public sealed class QuantizeBordersTests
{
    [Fact]
    public void QuantizeBorders_QuantizedInputAndOutput_HandsOverIntegers()
    {
        var graph = Compile(Start().Node("MaxPool", "d", "m", ("kernel_shape", new[] { 2, 2 })), "m");
        Assert.Equal((ElementType.Int8, ElementType.Int8), (graph.Inputs[0].Element, graph.Outputs[0].Element));
        Assert.Equal(["MaxPool"], Kinds(graph));
    }

    [Fact]
    public void QuantizeBorders_TwoOutputsOfOneTensor_ShareIt()
    {
        var model = Start()
            .Node("Add", "d d", "a")
            .Node("QuantizeLinear", "a s z", "aq")
            .Node("DequantizeLinear", "aq s z", "y")
            .Node("Identity", "y", "y2")
            .Output("y")
            .Output("y2");
        var graph = Finish(model);
        Assert.Equal(graph.Outputs[0].Tensor, graph.Outputs[1].Tensor);
    }
}
