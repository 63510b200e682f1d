using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Truth values on the way between operators.</summary>
public sealed class DropWholeStepsTests
{
    [Fact]
    public void DropWholeSteps_ComparisonOfReals_StaysReal()
    {
        var graph = Finish(Reals().Node("Where", "g x x2", "y").Output("y"));
        Assert.Equal(["Greater", "Where"], Kinds(graph));
    }

    /// <summary>What an output shows is made of them, and what follows does not read it.</summary>
    [Fact]
    public void DropWholeSteps_TruthsThatAreAnOutput_AreBytesThere()
    {
        var graph = Finish(Reals().Node("Where", "g x x2", "y").Output("y").Output("g", OnnxType.Bool, 1, 4));
        Assert.Equal(ElementType.UInt8, graph.Outputs[1].Element);
        Assert.All(
            graph.TypesOf(Assert.Single(graph.Nodes, n => n.Operator.Kind == "Where")).Inputs,
            t => Assert.Equal(ElementType.Float32, t.Element)
        );
    }

    private static OnnxBytes Reals() => new OnnxBytes().Input("x", 1, 4).Input("x2", 1, 4).Node("Greater", "x x2", "g");
}
