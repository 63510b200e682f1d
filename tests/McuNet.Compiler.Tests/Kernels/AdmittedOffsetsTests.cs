using System;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class AdmittedOffsetsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void AtLeast_RandomPlaces_IsTheFirstThatTrialFinds(int fraction)
    {
        var random = new Random(7);
        var found = 0;
        for (var i = 0; i < 200; i++)
        {
            var multiplier = random.Next(1 << 20, int.MaxValue);
            var from = random.NextInt64(-1L << 46, 1L << 46);
            var place = new RequantizationPlace(multiplier, from, from + random.NextInt64(0, multiplier / 64 + 1));
            var (least, most) = (int.MinValue + random.NextInt64(0, 1L << 31), int.MaxValue - random.NextInt64(0, 1L << 31));
            var offset = random.Next(-1 << 16, 1 << 16);
            var tried = Array.Find(Range(offset, offset + 3000), o => Admits(place, fraction, least, most, o) is not null);
            var next = new AdmittedOffsets(place, fraction, least, most).AtLeast(offset);
            if (tried is { } first)
            {
                found++;
                Assert.Equal(first, next);
                Assert.Equal(Admits(place, fraction, least, most, first), new AdmittedOffsets(place, fraction, least, most).Start(first));
            }
            else
            {
                Assert.True(next >= offset + 3000);
            }
        }

        Assert.InRange(found, 20, 199);
    }

    private static long?[] Range(int from, int to)
    {
        var offsets = new long?[to - from];
        for (var i = 0; i < offsets.Length; i++)
            offsets[i] = from + i;
        return offsets;
    }

    /// <summary>The least start value, or null.</summary>
    private static long? Admits(RequantizationPlace place, int fraction, long leastStart, long mostStart, long? offset)
    {
        var (low, high) = ((Int128)place.From << fraction, (((Int128)place.To + 1) << fraction) - 1);
        var start = (low - ((Int128)offset!.Value << 32)) / place.Multiplier - 1;
        while (start * place.Multiplier + ((Int128)offset.Value << 32) < low)
            start++;
        return start * place.Multiplier + ((Int128)offset.Value << 32) <= high && start >= leastStart && start <= mostStart
            ? (long)start
            : null;
    }
}
