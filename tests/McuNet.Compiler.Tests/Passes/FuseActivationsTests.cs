using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Relu and Clip become the clamp of the operator before them.</summary>
public sealed class FuseActivationsTests
{
    [Fact]
    public void FuseActivations_ReluThenClip_BecomesOneClamp()
    {
        var graph = Compile(
            Start().Float("lo", -1).Float("hi", 6).Node("Add", "d d", "a").Node("Relu", "a", "r").Node("Clip", "r lo hi", "c"),
            "c"
        );
        Assert.Equal(new Clamp(0, 6), Assert.IsType<Add>(Assert.Single(graph.Nodes).Operator).Clamp);
    }

    [Fact]
    public void FuseActivations_ReluBehindPool_MovesBeforeIt()
    {
        var graph = Compile(
            Start().Node("Add", "d d", "a").Node("MaxPool", "a", "m", ("kernel_shape", new[] { 2, 2 })).Node("Relu", "m", "r"),
            "r"
        );
        Assert.Equal(["Add", "MaxPool"], Kinds(graph));
        Assert.Equal(Clamp.Relu, ((Add)graph.Nodes[0].Operator).Clamp);
    }

    [Fact]
    public void FuseActivations_ResultReadTwice_StaysBeside()
    {
        var model = Start()
            .Node("Add", "d d", "a")
            .Node("QuantizeLinear", "a s z", "aq")
            .Node("DequantizeLinear", "aq s z", "ad")
            .Node("Relu", "ad", "r")
            .Node("QuantizeLinear", "r s z", "rq")
            .Node("DequantizeLinear", "rq s z", "rd")
            .Node("Add", "ad rd", "b");
        Assert.Equal(["Add+Rescale+Add"], Kinds(Compile(model, "b")));
    }
}
