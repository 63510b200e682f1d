using McuNet.Options;
using Xunit;

namespace McuNet.Compiler.Tests.Text;

public sealed class UnitsTests
{
    [Theory]
    [InlineData("65536", 65536L)]
    [InlineData("64KB", 65536L)]
    [InlineData("64 kib", 65536L)]
    [InlineData("1.5M", 1572864L)]
    [InlineData("12b", 12L)]
    [InlineData("0", 0L)]
    [InlineData("-5", null)]
    [InlineData("1e3", null)]
    [InlineData("KB", null)]
    [InlineData("", null)]
    [InlineData("8 parsecs", null)]
    public void Bytes_KnowPowersOf1024(string text, long? bytes) => Assert.Equal(bytes, Units.Bytes(text));

    [Theory]
    [InlineData("50ms", 50.0)]
    [InlineData("2s", 2000.0)]
    [InlineData("250us", 0.25)]
    [InlineData("7", 7.0)]
    [InlineData("7mJ", null)]
    public void Milliseconds_AreTheUnitOfTime(string text, double? milliseconds) => Assert.Equal(milliseconds, Units.Milliseconds(text));

    [Theory]
    [InlineData("2mJ", 2.0)]
    [InlineData("0.5J", 500.0)]
    [InlineData("30uJ", 0.03)]
    [InlineData("7ms", null)]
    public void Millijoules_AreTheUnitOfEnergy(string text, double? millijoules) =>
        Assert.Equal(millijoules, Units.Millijoules(text) is { } value ? System.Math.Round(value, 9) : null);
}
