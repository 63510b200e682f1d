using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Constants among what is chosen.</summary>
public sealed class QuantizeKnownTests
{
    /// <summary>-1.2 in steps of 0.5 is -1: two steps below zero.</summary>
    [Fact]
    public void QuantizeKnown_NumberThatIsChosen_IsAnInteger()
    {
        var graph = Compile(Start().Float("k", -1.2f).Float("half", 0.5f).Node("Greater", "d half", "c").Node("Where", "c d k", "w"), "w");
        var steps = Assert.IsType<Composite>(Assert.Single(graph.Nodes).Operator).Steps;
        Assert.All(steps, s => Assert.Equal(1, s.Type.Element.Size()));
        Assert.Equal(["Constant", "Greater", "Where"], steps.Select(s => s.Operator.Kind));
        Assert.Equal<byte>([unchecked((byte)-2)], Assert.IsType<Known>(steps[0].Operator).Data);
    }

    [Fact]
    public void QuantizeKnown_ResultThatStaysReal_ChoosesRealNumbers()
    {
        var graph = Finish(
            Start().Float("k", -1.2f).Float("half", 0.5f).Node("Greater", "d half", "c").Node("Where", "c d k", "y").Output("y")
        );
        Assert.Equal(ElementType.Float32, graph[graph.Nodes.Single(n => n.Operator is Known).Output].Type.Element);
    }
}
