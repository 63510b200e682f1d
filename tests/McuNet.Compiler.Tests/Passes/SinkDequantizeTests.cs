using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Operators that move values run on integers, and dequantisation comes after them.</summary>
public sealed class SinkDequantizeTests
{
    [Fact]
    public void SinkDequantize_PoolBehindDequantize_PoolsIntegersAndDequantisesAfter()
    {
        var graph = Run("SinkDequantize", Read(Start().Node("MaxPool", "d", "y", ("kernel_shape", new[] { 2, 2 })).Output("y")));
        var pool = graph.Nodes.Single(n => n.Operator is MaxPool);
        Assert.Equal((ElementType.Int8, ElementType.Int8), (graph.TypesOf(pool).Input.Element, graph.TypesOf(pool).Output.Element));
        Assert.Equal(ElementType.Int8, graph.Outputs[0].Element);
    }

    [Fact]
    public void SinkDequantize_SumBehindDequantize_StaysReal() =>
        Assert.All(
            Run("SinkDequantize", Read(Start().Node("Add", "d d", "y").Output("y"))).Nodes.Where(n => n.Operator is Add),
            n => Assert.Contains(n.Name, "node_y", System.StringComparison.Ordinal)
        );
}
