using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>What is joined by copying has one scale, limits included.</summary>
public sealed class ConvertOperandsTests
{
    [Fact]
    public void ConvertOperands_RowsOfAnotherScale_AreRescaledBefore()
    {
        var model = Start()
            .Float("s2", 0.75f)
            .Node("QuantizeLinear", "d s2 z", "e")
            .Node("DequantizeLinear", "e s2 z", "ed")
            .Node("Concat", "d ed", "c", ("axis", 2))
            .Node("QuantizeLinear", "c s z", "oq")
            .Node("DequantizeLinear", "oq s z", "y")
            .Output("y");
        var graph = Finish(model);
        Assert.Equal(["Rescale+Rescale", "Concat"], Kinds(graph));
        Assert.Single(
            graph.TypesOf(graph.Nodes[^1]).Inputs.Append(graph.TypesOf(graph.Nodes[^1]).Output).Select(t => t.Quantization).Distinct()
        );
    }

    [Fact]
    public void ConvertOperands_ReluOfColumns_LimitsEachOfThem()
    {
        var model = Start()
            .Node("Add", "d d", "a")
            .Node("QuantizeLinear", "a s z", "aq")
            .Node("DequantizeLinear", "aq s z", "ad")
            .Node("Concat", "ad d", "c", ("axis", 3))
            .Node("Relu", "c", "r");
        var graph = Compile(model, "r");
        Assert.Equal(Clamp.None, Assert.IsType<Concat>(graph.Nodes[^1].Operator).Clamp);
        Assert.Equal(Clamp.Relu, Assert.IsType<Add>(graph.Nodes.Single(n => n.Operator is Add).Operator).Clamp);
        Assert.Equal(Clamp.Relu, Assert.IsType<Rescale>(graph.Nodes.Single(n => n.Operator is Rescale).Operator).Clamp);
    }
}
