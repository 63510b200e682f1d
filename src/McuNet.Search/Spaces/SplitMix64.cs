using System;

namespace McuNet.Search.Spaces;

/// <summary>
/// Steele, Lea and Flood's SplitMix64 (OOPSLA 2014): a fixed sequence for every seed, so that no result depends on the runtime's generator.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator for one of many uses of a seed: equal parts give equal sequences, others unrelated ones.</summary>
    public static SplitMix64 For(ulong seed, params ReadOnlySpan<ulong> parts)
    {
        var state = seed;
        foreach (var part in parts)
            state = Mix(state + 0x9E3779B97F4A7C15 + Mix(part));
        return new SplitMix64(state);
    }

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>Uniform over [0, <paramref name="count"/>), without bias: draws that would favour small numbers are drawn again.</summary>
    public int Below(int count)
    {
        var limit = ulong.MaxValue - ulong.MaxValue % (ulong)count;
        ulong drawn;
        do drawn = Next();
        while (drawn >= limit);
        return (int)(drawn % (ulong)count);
    }

    /// <summary>Uniform over [0, 1) in steps of 2^-53.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1L << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
