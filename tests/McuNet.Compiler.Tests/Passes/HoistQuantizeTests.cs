using McuNet.Compiler.Graph;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>Quantisation comes before operators that move values.</summary>
public sealed class HoistQuantizeTests
{
    [Fact]
    public void HoistQuantize_PoolBetweenAddAndQuantize_PoolsIntegers()
    {
        var graph = Compile(Start().Node("Add", "d d", "a").Node("MaxPool", "a", "m", ("kernel_shape", new[] { 2, 2 })), "m");
        Assert.Equal(["Add", "MaxPool"], Kinds(graph));
        Assert.All(graph.Tensors, t => Assert.Equal(ElementType.Int8, t.Type.Element));
    }
}
