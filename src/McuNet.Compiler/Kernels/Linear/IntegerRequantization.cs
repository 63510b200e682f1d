using System;
using System.Collections.Generic;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Numbers with which one 32 x 32 -> 64 bit multiply-accumulate replaces the float32 requantisation of a channel:
/// saturate8(((acc + Shift) * Multiplier + Offset * 2^(32 - fraction)) >> (32 + bits)).
/// </summary>
/// <remarks>
/// Both are step functions of acc that never fall. With T(n) the smallest acc whose output reaches n, they are equal on [low, high] when
/// (n * 2^(32 + bits) - T(n) * m) &lt;= beta &lt; (n * 2^(32 + bits) - (T(n) - 1) * m) for all n with T(n) in (low, high], where
/// beta = Shift * m + Offset * 2^(32 - fraction). Shift is added to the bias and serves only to reach a beta between two offsets.
/// Float32 rounds the product to 24 bits before it rounds to an integer, so that for some scales no such numbers exist.
/// </remarks>
internal readonly record struct IntegerRequantization(int Multiplier, int Shift, int Offset)
{
    private const int MaxShift = 2048;
    private const int MultiplierReach = 16;

    /// <summary>The proved numbers, or null. The saturated range is that of int8, whatever the layer clamps to afterwards.</summary>
    /// <param name="low">Smallest reachable accumulator.</param>
    /// <param name="high">Largest reachable accumulator.</param>
    /// <param name="bits">Fractional bits that the high word of the product keeps.</param>
    /// <param name="fraction">Bits by which accumulator and offset are scaled up together.</param>
    public static IntegerRequantization? Find(float scale, int zero, long low, long high, int bits, int fraction)
    {
        var exact = (double)scale * (1L << (32 + bits));
        var widest = Math.Max(Math.Abs((double)low), Math.Abs((double)high)) * scale * (1L << (bits + fraction));
        if (!(exact < int.MaxValue - MultiplierReach) || exact < 1 << 16 || widest > 1 << 30)
            return null;
        var steps = Steps(scale, zero, low, high);
        for (var j = 0; j <= 2 * MultiplierReach; j++)
        {
            var multiplier = (long)(exact + 0.5) + Alternating(j);
            if (Place(steps, multiplier, zero, bits, 1L << (32 - fraction)) is { } found)
                return found;
        }

        return null;
    }

    private static IntegerRequantization? Place(List<(long Threshold, int Output)> steps, long multiplier, int zero, int bits, long unit)
    {
        var one = 1L << (32 + bits);
        var (from, to) = steps.Count == 0 ? (zero * one + one / 2, zero * one + one / 2) : (long.MinValue, long.MaxValue);
        foreach (var (threshold, output) in steps)
        {
            from = Math.Max(from, output * one - threshold * multiplier);
            to = Math.Min(to, output * one - (threshold - 1) * multiplier - 1);
        }

        for (var k = 0; from <= to && k < 2 * MaxShift; k++)
        {
            var shift = Alternating(k);
            var offset = Ceiling(from - shift * multiplier, unit);
            if (offset * unit + shift * multiplier <= to && offset == (int)offset)
                return new((int)multiplier, shift, (int)offset);
        }

        return null;
    }

    private static List<(long Threshold, int Output)> Steps(float scale, int zero, long low, long high)
    {
        var steps = new List<(long, int)>();
        for (var n = sbyte.MinValue + 1; n <= sbyte.MaxValue; n++)
        {
            var estimate = (n - zero - 0.5) / scale;
            if (estimate > high + 16.0)
                break;
            if (estimate < low - 16.0)
                continue;
            var threshold = (long)estimate - 8;
            while (Output((int)threshold, scale, zero) < n)
                threshold++;
            if (threshold > low && threshold <= high)
                steps.Add((threshold, n));
        }

        return steps;
    }

    /// <summary>The float32 rule, before saturation.</summary>
    public static int Output(int acc, float scale, int zero)
    {
        var product = (float)acc * scale;
        return (int)MathF.Round(product, MidpointRounding.ToEven) + zero;
    }

    private static int Alternating(int i) => (i & 1) != 0 ? (i + 1) / 2 : -(i / 2);

    private static long Ceiling(long value, long unit) => value / unit + (value % unit > 0 ? 1 : 0);
}
