using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Numbers with which one 32 x 32 -> 64 bit multiply-accumulate replaces the float32 requantisation of a channel:
/// saturate8(((acc + Shift) * Multiplier + Offset * 2^32) >> (32 + bits)).
/// </summary>
/// <remarks>
/// Both are step functions of acc that never fall. With T(n) the smallest acc whose output reaches n, they are equal on [low, high] when
/// (n * 2^(32 + bits) - T(n) * m) &lt;= beta &lt; (n * 2^(32 + bits) - (T(n) - 1) * m) for all n with T(n) in (low, high], where
/// beta = Shift * m + Offset * 2^32. Shift is added to the bias and serves only to reach a beta between two offsets.
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
    public static IntegerRequantization? Find(float scale, int zero, long low, long high, int bits)
    {
        foreach (var place in Places(scale, zero, low, high, bits, 0))
        {
            if (In(place) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Multipliers near the scale, nearest first, each with the betas that are exact; those that admit none are left
    /// out.</summary>
    /// <param name="fraction">Bits by which accumulator and beta are scaled up, which bounds the product.</param>
    public static IEnumerable<RequantizationPlace> Places(float scale, int zero, long low, long high, int bits, int fraction)
    {
        var exact = (double)scale * (1L << (32 + bits));
        var widest = Math.Max(Math.Abs((double)low), Math.Abs((double)high)) * scale * (1L << (bits + fraction));
        if (!(exact < int.MaxValue - MultiplierReach) || exact < 1 << 16 || widest > 1 << 30)
            yield break;
        var steps = Steps(scale, zero, low, high);
        if (steps.Length == 0)
            yield break;
        for (var j = 0; j <= 2 * MultiplierReach; j++)
        {
            var place = Place(steps, (long)(exact + 0.5) + Alternating(j), bits);
            if (place.From <= place.To)
                yield return place;
        }
    }

    /// <summary>Empty, with <see cref="RequantizationPlace.From"/> above <see cref="RequantizationPlace.To"/>, where the multiplier admits
    /// no beta.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static RequantizationPlace Place((long Threshold, int Output)[] steps, long multiplier, int bits)
    {
        var one = 1L << (32 + bits);
        var (from, to) = (long.MinValue, long.MaxValue);
        for (var i = 0; i < steps.Length && from <= to; i++)
        {
            var beta = steps[i].Output * one - steps[i].Threshold * multiplier;
            from = Math.Max(from, beta);
            to = Math.Min(to, beta + multiplier - 1);
        }

        return new((int)multiplier, from, to);
    }

    private static IntegerRequantization? In(RequantizationPlace place)
    {
        for (var k = 0; k < 2 * MaxShift; k++)
        {
            var shift = Alternating(k);
            var product = (long)shift * place.Multiplier;
            var offset = Ceiling(place.From - product, 1L << 32);
            if ((offset << 32) + product <= place.To && offset == (int)offset)
                return new(place.Multiplier, shift, (int)offset);
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (long Threshold, int Output)[] Steps(float scale, int zero, long low, long high)
    {
        var steps = new List<(long, int)>();
        for (var n = sbyte.MinValue + 1; n <= sbyte.MaxValue; n++)
        {
            var estimate = (n - zero - 0.5) / scale;
            if (estimate > high + 16.0)
                break;
            if (estimate < low - 16.0)
                continue;
            var threshold = (long)estimate;
            while (Output((int)threshold - 1, scale, zero) >= n)
                threshold--;
            while (Output((int)threshold, scale, zero) < n)
                threshold++;
            if (threshold > low && threshold <= high)
                steps.Add((threshold, n));
        }

        return [.. steps];
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

/// <summary>A multiplier, and the least and greatest beta with which (acc * Multiplier + beta) >> (32 + bits), saturated, is
/// exact.</summary>
internal readonly record struct RequantizationPlace(int Multiplier, long From, long To);
