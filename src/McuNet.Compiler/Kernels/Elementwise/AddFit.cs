using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Integers that give a sum of two int8 values the same bits as the float rule: clamp((a * MultiplierA + b * MultiplierB + Offset) >> Shift).
/// </summary>
public sealed record AddFit(int MultiplierA, int MultiplierB, int Offset, int Shift)
{
    private const int TriedShifts = 3;
    private const int Radius = 3;
    private const long SumLimit = int.MaxValue - (1 << 20);

    /// <summary>Steps from the nearest multipliers to try, nearest first: other roundings suit other pairs next to a tie.</summary>
    private static readonly ImmutableArray<(int A, int B)> Neighbours =
    [
        .. from a in Enumerable.Range(-Radius, 2 * Radius + 1)
           from b in Enumerable.Range(-Radius, 2 * Radius + 1)
           orderby Math.Abs(a) + Math.Abs(b), a, b
           select (a, b),
    ];

    /// <summary>
    /// Searches for integers that agree with <paramref name="expected"/>, indexed by (a + 128) * 256 + b + 128, for all pairs of inputs.
    /// Null when there are none, as with inputs that often fall on ties.
    /// </summary>
    /// <param name="ratioA">Output steps per step of a; <paramref name="ratioB"/> per step of b; <paramref name="constant"/> added.</param>
    public static AddFit? Find(double ratioA, double ratioB, double constant, ReadOnlySpan<sbyte> expected, int min, int max)
    {
        foreach (var shift in Shifts(ratioA, ratioB, constant).Take(TriedShifts))
        {
            var unit = (double)(1L << shift);
            var (a, b) = ((int)Math.Round(ratioA * unit), (int)Math.Round(ratioB * unit));
            foreach (var (nearA, nearB) in Neighbours)
            {
                var fit = new AddFit(a + nearA, b + nearB, 0, shift);
                var (low, high) = fit.Offsets(expected, min, max);
                if (low <= high)
                    return fit with { Offset = (int)Math.Clamp(Math.Round((constant + 0.5) * unit), low, high) };
            }
        }

        return null;
    }

    public int Apply(int a, int b, int min, int max) => Math.Clamp((a * MultiplierA + b * MultiplierB + Offset) >> Shift, min, max);

    /// <summary>The offsets, both ends included, with which every pair gives the expected value and no sum overflows; none when low exceeds high.</summary>
    private (long Low, long High) Offsets(ReadOnlySpan<sbyte> expected, int min, int max)
    {
        var reach = 128L * (MultiplierA + MultiplierB);
        var (low, high) = (reach - SumLimit, SumLimit - reach);
        for (var i = 0; i < expected.Length && low <= high; i++)
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
            if ((128 * (ratioA + ratioB) + Math.Abs(constant) + 1) * (1L << shift) < SumLimit)
                yield return shift;
        }
    }
}
