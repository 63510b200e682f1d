using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Integers that give a sum of two int8 values the same bits as the float rule:
/// clamp(((a * MultiplierA >> Dropped) + (b * MultiplierB >> Dropped) + Offset) >> Shift).
/// </summary>
public sealed record AddFit(int MultiplierA, int MultiplierB, int Offset, int Shift, int Dropped = 0)
{
    /// <summary>What SMLAW on the upper bytes of half-words drops of a product, and a shift under which sums and multipliers fit.</summary>
    private const int WordDropped = 8;
    private const int WordShift = 20;
    private const int WordStep = 1 << 5;

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
            if (Near(ratioA, ratioB, constant, shift, 0, 1, expected, min, max) is { } fit)
                return fit;
        }

        return null;
    }

    /// <summary>As <see cref="Find"/>, with the shift and the products of the kernel that adds halves of words.</summary>
    public static AddFit? FindByWords(double ratioA, double ratioB, double constant, ReadOnlySpan<sbyte> expected, int min, int max) =>
        Math.Max(ratioA, ratioB) * (1 << (WordShift + WordDropped)) < int.MaxValue - (1 << 20)
        && Shifts(ratioA, ratioB, constant).First() >= WordShift
            ? Near(ratioA, ratioB, constant, WordShift, WordDropped, WordStep, expected, min, max)
            : null;

    public int Apply(int a, int b, int min, int max) => Math.Clamp((int)(Sum(a, b) + Offset) >> Shift, min, max);

    private static AddFit? Near(
        double ratioA,
        double ratioB,
        double constant,
        int shift,
        int dropped,
        int step,
        ReadOnlySpan<sbyte> expected,
        int min,
        int max
    )
    {
        var (unit, one) = ((double)(1L << (shift + dropped)), 1L << shift);
        var (a, b) = ((int)Math.Round(ratioA * unit), (int)Math.Round(ratioB * unit));
        foreach (var (nearA, nearB) in Neighbours)
        {
            var fit = new AddFit(a + step * nearA, b + step * nearB, 0, shift, dropped);
            var (low, high) = fit.Offsets(expected, min, max);
            if (low <= high)
                return fit with { Offset = (int)Math.Clamp(Math.Round((constant + 0.5) * one), low, high) };
        }

        return null;
    }

    private long Sum(int a, int b) => ((long)a * MultiplierA >> Dropped) + ((long)b * MultiplierB >> Dropped);

    /// <summary>The offsets, both ends included, with which every pair gives the expected value and no sum overflows; none when low exceeds
    /// high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (long Low, long High) Offsets(ReadOnlySpan<sbyte> expected, int min, int max)
    {
        var reach = 128L * MultiplierA + 128L * MultiplierB >> Dropped;
        var (low, high) = (reach - SumLimit, SumLimit - reach);
        for (var i = 0; i < expected.Length && low <= high; i++)
        {
            var sum = Sum((i >> 8) - 128, (i & 255) - 128);
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
