using McuNet.Processes;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class ProcessCommandTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("with space", "\"with space\"")]
    [InlineData("", "\"\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("c:\\a b\\", "\"c:\\a b\\\\\"")]
    public void ArgumentText_Argument_IsQuotedForTheRuntime(string argument, string expected) =>
        Assert.Equal(expected, new ProcessCommand("program", [argument], "").ArgumentText);
}
