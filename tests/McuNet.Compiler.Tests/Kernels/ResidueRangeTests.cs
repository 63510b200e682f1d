using System;
using System.Linq;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class ResidueRangeTests
{
    [Fact]
    public void LeastMultiple_AllSmallModuli_IsTheFirstThatTrialFinds()
    {
        for (var modulus = 1; modulus <= 14; modulus++)
        {
            foreach (
                var (step, low, high) in from s in Enumerable.Range(0, modulus)
                from l in Enumerable.Range(0, modulus)
                from h in Enumerable.Range(l, modulus - l)
                select (s, l, h)
            )
            {
                var tried = Enumerable
                    .Range(0, modulus)
                    .Where(x => x * step % modulus >= low && x * step % modulus <= high)
                    .Select(x => (long?)x)
                    .FirstOrDefault();
                Assert.Equal(tried, ResidueRange.LeastMultiple(step, modulus, low, high));
            }
        }
    }

    [Fact]
    public void LeastMultiple_ModulusOf2To31_StaysWithin64Bits()
    {
        const long modulus = 1L << 31,
            step = (1L << 31) - 3,
            low = (1L << 31) - 2;
        var found = ResidueRange.LeastMultiple(step, modulus, low, low);
        Assert.NotNull(found);
        Assert.Equal(low, (long)((Int128)found.Value * step % modulus));
    }
}
