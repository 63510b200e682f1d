using System;
using System.Collections.Generic;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Integers that give a sum of two int8 values the same bits as the float rule: clamp((a * MultiplierA + b * MultiplierB + Offset) >> Shift).
/// </summary>
public sealed record AddFit(int MultiplierA, int MultiplierB, int Offset, int Shift)
{
    private const int Largest = 1 << 21;

    /// <summary>
    /// Searches for integers that agree with <paramref name="expected"/>, indexed by (a + 128) * 256 + b + 128, for all pairs of inputs.
    /// Null when there are none, as with inputs that often fall on ties.
    /// </summary>
    /// <param name="ratioA">Output steps per step of a; <paramref name="ratioB"/> per step of b; <paramref name="constant"/> added.</param>
    public static AddFit? Find(double ratioA, double ratioB, double constant, ReadOnlySpan<sbyte> expected, int min, int max)
    {
        foreach (var shift in Shifts(ratioA, ratioB, constant))
        {
            var unit = (double)(1L << shift);
            var fit = new AddFit((int)Math.Round(ratioA * unit), (int)Math.Round(ratioB * unit), 0, shift);
            var (low, high) = fit.Offsets(expected, min, max);
            var centre = (long)Math.Round((constant + 0.5) * unit);
            if (low <= high && high > int.MinValue / 2 && low < int.MaxValue / 2)
                return fit with { Offset = (int)Math.Clamp(centre, Math.Max(low, -(1L << 30)), Math.Min(high, 1L << 30)) };
        }

        return null;
    }

    public int Apply(int a, int b, int min, int max) => Math.Clamp((a * MultiplierA + b * MultiplierB + Offset) >> Shift, min, max);

    /// <summary>The offsets, both ends included, with which every pair gives the expected value.</summary>
    private (long Low, long High) Offsets(ReadOnlySpan<sbyte> expected, int min, int max)
    {
        var (low, high) = (long.MinValue, long.MaxValue);
        for (var i = 0; i < expected.Length; i++)
        {
            var sum = (long)((i >> 8) - 128) * MultiplierA + (long)((i & 255) - 128) * MultiplierB;
            var value = expected[i];
            if (value > min)
                low = Math.Max(low, ((long)value << Shift) - sum);
            if (value < max)
                high = Math.Min(high, ((long)(value + 1) << Shift) - 1 - sum);
        }

        return (low, high);
    }

    private static IEnumerable<int> Shifts(double ratioA, double ratioB, double constant)
    {
        for (var shift = 24; shift >= 8; shift--)
        {
            var unit = (double)(1L << shift);
            var fits = ratioA * unit < Largest && ratioB * unit < Largest && (Math.Abs(constant) + 1) * unit < 1 << 30;
            if (fits && 128 * unit * (ratioA + ratioB) + (Math.Abs(constant) + 1) * unit < int.MaxValue)
                yield return shift;
        }
    }
}
