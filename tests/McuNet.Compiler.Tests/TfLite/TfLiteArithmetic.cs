using System;
using System.Linq;

namespace McuNet.Compiler.Tests.TfLite;

/// <summary>
/// The integer arithmetic of TFLite's reference kernels on int8, from its description: a real factor is a number of 31 bits behind the
/// point and a power of two; a product is rounded when it is cut to its upper half and again when it is shifted, halves away from zero.
/// </summary>
internal static class TfLiteArithmetic
{
    private const int SumBits = 20;

    public static sbyte Linear(int accumulator, double factor, int zeroPoint) => Saturated(Times(accumulator, factor) + zeroPoint);

    public static sbyte Add(sbyte a, sbyte b, (float Scale, int Zero) first, (float Scale, int Zero) second, (float Scale, int Zero) result)
    {
        var twice = 2.0 * Math.Max(first.Scale, second.Scale);
        var sum = Times((a - first.Zero) << SumBits, first.Scale / twice) + Times((b - second.Zero) << SumBits, second.Scale / twice);
        return Saturated(Times(sum, twice / ((1 << SumBits) * (double)result.Scale)) + result.Zero);
    }

    public static sbyte Multiply(
        sbyte a,
        sbyte b,
        (float Scale, int Zero) first,
        (float Scale, int Zero) second,
        (float Scale, int Zero) result
    ) => Saturated(Times((a - first.Zero) * (b - second.Zero), (double)first.Scale * second.Scale / result.Scale) + result.Zero);

    public static sbyte Rescale(sbyte value, (float Scale, int Zero) from, (float Scale, int Zero) to) =>
        Saturated(Times(value - from.Zero, (double)from.Scale / to.Scale) + to.Zero);

    public static sbyte LeakyRelu(sbyte value, float alpha, (float Scale, int Zero) from, (float Scale, int Zero) to) =>
        Saturated(
            Times(value - from.Zero, value >= from.Zero ? (double)from.Scale / to.Scale : (double)from.Scale * alpha / to.Scale) + to.Zero
        );

    /// <summary>Halves away from zero, of the integers themselves.</summary>
    public static sbyte Average(sbyte[] values)
    {
        var sum = values.Sum(v => v);
        return Saturated(sum > 0 ? (sum + values.Length / 2) / values.Length : (sum - values.Length / 2) / values.Length);
    }

    private static int Times(int value, double factor)
    {
        var exponent = factor == 0 ? 0 : (int)Math.Floor(Math.Log2(factor)) + 1;
        var mantissa = (long)Math.Round(factor / Math.Pow(2, exponent) * (1L << 31), MidpointRounding.AwayFromZero);
        if (mantissa == 1L << 31)
            (mantissa, exponent) = (mantissa / 2, exponent + 1);
        var (left, right) = (Math.Max(exponent, 0), Math.Max(-exponent, 0));
        var product = (long)(value << left) * mantissa;
        var high = (int)((product + (product >= 0 ? 1L << 30 : 1 - (1L << 30))) / (1L << 31));
        var (mask, remainder) = ((1 << right) - 1, high & ((1 << right) - 1));
        return (high >> right) + (remainder > (mask >> 1) + (high < 0 ? 1 : 0) ? 1 : 0);
    }

    private static sbyte Saturated(int value) => (sbyte)Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
}
