using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Conversions within a type that change nothing disappear, and limits move into their producer.</summary>
public sealed class DropRescaleTests
{
    [Fact]
    public void DropRescale_SeparateReluOnIntegers_MovesIntoProducer()
    {
        var model = Start()
            .Node("Add", "d d", "a")
            .Node("QuantizeLinear", "a s z", "aq")
            .Node("DequantizeLinear", "aq s z", "ad")
            .Node("Relu", "ad", "r");
        Assert.Equal(Clamp.Relu, Assert.IsType<Add>(Assert.Single(Compile(model, "r").Nodes).Operator).Clamp);
    }

    [Fact]
    public void DropRescale_OtherScale_Stays()
    {
        var model = Start()
            .Float("s2", 0.75f)
            .Node("QuantizeLinear", "d s2 z", "e")
            .Node("DequantizeLinear", "e s2 z", "ed")
            .Node("MaxPool", "ed", "m", ("kernel_shape", new[] { 2, 2 }))
            .Node("QuantizeLinear", "m s2 z", "oq")
            .Node("DequantizeLinear", "oq s2 z", "y")
            .Output("y");
        Assert.Equal(["Rescale", "MaxPool"], Kinds(Finish(model)));
    }
}
