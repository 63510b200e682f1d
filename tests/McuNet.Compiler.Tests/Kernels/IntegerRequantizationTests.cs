using System;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class IntegerRequantizationTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Find_RandomScales_EqualsFloatForEveryAccumulator(int bits)
    {
        var random = new Random(11);
        var found = 0;
        for (var i = 0; i < 40; i++)
        {
            var scale = (float)Math.Pow(2, -10 + 6 * random.NextDouble());
            var zero = random.Next(-128, 128);
            var (low, high) = (-random.Next(1, 40000), random.Next(1, 40000));
            if (IntegerRequantization.Find(scale, zero, low, high, bits) is not { } numbers)
                continue;
            found++;
            for (var acc = low; acc <= high; acc++)
                Assert.Equal(Float(acc, scale, zero), Integer(acc, numbers, bits));
        }

        Assert.InRange(found, 30, 40);
    }

    [Fact]
    public void Find_ScaleTooLargeForTheMultiplier_IsNull() => Assert.Null(IntegerRequantization.Find(0.25f, 0, -1000, 1000, 2));

    [Fact]
    public void Find_TieRoundedToEven_IsNull() => Assert.Null(IntegerRequantization.Find(0.0625f, 0, -1000, 1000, 2));

    private static int Float(int acc, float scale, int zero)
    {
        var product = (float)acc * scale;
        return Math.Clamp((int)MathF.Round(product, MidpointRounding.ToEven) + zero, -128, 127);
    }

    private static int Integer(int acc, IntegerRequantization numbers, int bits)
    {
        var high = (int)(((long)(acc + numbers.Shift) * numbers.Multiplier + ((long)numbers.Offset << 32)) >> 32);
        return Math.Clamp(high >> bits, -128, 127);
    }
}
