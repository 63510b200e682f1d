using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>A real operator between dequantisation and quantisation becomes one on integers.</summary>
public sealed class FuseQuantizationTests
{
    [Fact]
    public void FuseQuantization_SumBetweenDequantizeAndQuantize_IsOneIntegerSum()
    {
        var graph = Run("FuseQuantization", Read(Start().Node("Add", "d d", "a").Node("QuantizeLinear", "a s z", "y").Output("y")));
        var add = graph.Nodes.Single(n => n.Operator is Add);
        Assert.All(graph.TypesOf(add).Inputs.Append(graph.TypesOf(add).Output), t => Assert.Equal(ElementType.Int8, t.Element));
    }

    /// <summary>Which of the two roundings an integer sum should make is open.</summary>
    [Fact]
    public void FuseQuantization_SumQuantisedTwoWays_StaysReal()
    {
        var model = Start()
            .Float("t", 0.25f)
            .Node("Add", "d d", "a")
            .Node("QuantizeLinear", "a s z", "y")
            .Node("QuantizeLinear", "a t z", "y2")
            .Output("y")
            .Output("y2");
        var graph = Run("FuseQuantization", Read(model));
        Assert.False(graph.TypesOf(graph.Nodes.Single(n => n.Operator is Add)).Output.IsQuantized);
    }
}
