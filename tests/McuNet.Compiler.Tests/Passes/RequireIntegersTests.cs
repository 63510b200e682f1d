using System.Linq;
using McuNet.Compiler.Passes;
using Xunit;
using static McuNet.Compiler.Tests.Passes.PassNetworks;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>What still computes in floating point is reported, with the reason.</summary>
public sealed class RequireIntegersTests
{
    [Theory]
    [InlineData("x", "its input 'x' is not quantised")]
    [InlineData("d", "its result 'y' is not quantised")]
    public void RequireIntegers_RealSum_SaysWhatIsMissing(string operand, string reason)
    {
        var diagnostic = Assert.Single(PassPipeline.Run(Read(Start().Node("Add", $"{operand} {operand}", "y").Output("y"))).Diagnostics);
        Assert.Equal("MCU3001", diagnostic.Id);
        Assert.Contains(reason, diagnostic.Message, System.StringComparison.Ordinal);
    }
}
