using System;
using McuNet.Compiler.Arena;
using Xunit;

namespace McuNet.Compiler.Tests.Arena;

public sealed class ByteUnitsTests
{
    [Fact]
    public void Create_Negative_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteOffset(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteCount(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepIndex(-1));
    }

    [Fact]
    public void Arithmetic_Mixed_KeepsTheUnits()
    {
        Assert.Equal(new ByteOffset(12), new ByteOffset(4) + new ByteCount(8));
        Assert.Equal(new ByteDistance(-4), new ByteOffset(4) - new ByteOffset(8));
        Assert.Equal(new ByteDistance(-4), new ByteCount(4) - new ByteCount(8));
        Assert.Throws<OverflowException>(() => new ByteCount(int.MaxValue) + new ByteCount(1));
    }

    [Theory]
    [InlineData(5, 8, 4)]
    [InlineData(8, 8, 8)]
    [InlineData(-5, -4, -8)]
    [InlineData(0, 0, 0)]
    public void Align_ByFour_RoundsTowardsTheNamedSide(int value, int up, int down)
    {
        Assert.Equal(up, Align.Up(value, 4));
        Assert.Equal(down, Align.Down(value, 4));
        Assert.Equal(up / 4, Align.CeilingDivide(value, 4));
    }
}
