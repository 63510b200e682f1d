using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>A pooling over everything is a mean.</summary>
public sealed class RecognizeMeanTests
{
    [Fact]
    public void RecognizeMean_PoolOverEverything_BecomesMean() =>
        Assert.Equal(
            ["Mean"],
            Kinds(Compile(Start().Node("AveragePool", "d", "p", ("kernel_shape", new[] { 4, 4 }), ("strides", new[] { 4, 4 })), "p"))
        );
}
