using System;

/// <summary>
/// Layers whose sums do not fit 32 bits: acc = bias + sum (x - inZero) * (w - weightZero) in 64 bits, padding adding nothing.
/// </summary>
internal static partial class Kernels
{
    /// <summary>The sum becomes a float32 at once, by one rounding.</summary>
    internal static sbyte WideResult(long acc, float scale, int outZero, int outMin, int outMax) =>
        unchecked((sbyte)(Clamp(Round((float)((float)acc * scale)), outMin - outZero, outMax - outZero) + outZero));

    /// <summary>Sum of the products of neighbours.</summary>
    internal static long WideDot(sbyte[] arena, int input, ReadOnlySpan<sbyte> w, int inZero, int weightZero)
    {
        ReadOnlySpan<sbyte> x = new ReadOnlySpan<sbyte>(arena, input, w.Length);
        long acc = 0;
        for (int n = 0; n < w.Length; n++)
            acc += (x[n] - inZero) * (w[n] - weightZero);
        return acc;
    }
}
