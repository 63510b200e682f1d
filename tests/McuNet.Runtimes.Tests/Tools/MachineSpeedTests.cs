using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Runtimes.Tests.Tools;

public sealed class MachineSpeedTests
{
    [Theory]
    [InlineData(0.001, 8, 1)]
    [InlineData(0.1, 2, 1)]
    [InlineData(0.3, 2, 3)]
    [InlineData(0.3, 1, 6)]
    [InlineData(0.3, 64, 3)]
    [InlineData(60, 2, 10)]
    public void Factor_OfTheMeasuredTime_IsFromOneToTen(double seconds, int cores, double factor) =>
        Assert.Equal(factor, MachineSpeed.Factor(seconds, cores), 6);

    [Theory]
    [InlineData("2.5", 2.5)]
    [InlineData("1", 1.0)]
    [InlineData("0.5", null)]
    [InlineData("2,5", null)]
    [InlineData("fast", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Given_Variable_CountsWhereItIsAFactor(string? text, double? factor) => Assert.Equal(factor, MachineSpeed.Given(text));

    [Fact]
    public void Slowness_OfThisMachine_IsInRange() => Assert.InRange(MachineSpeed.Slowness(), 1, 1000);
}
