/// <summary>
/// Layers whose sums do not fit 32 bits: acc = bias + sum (x - InZero) * (w - WeightZero) in 64 bits, padding adding nothing.
/// </summary>
internal static partial class Kernels
{
    /// <summary>The sum becomes a float32 at once, by one rounding.</summary>
    internal static sbyte WideResult(MnWide p, long acc, int c) =>
        unchecked((sbyte)(Clamp(Round((float)((float)acc * p.Scale[c])), p.OutMin - p.OutZero, p.OutMax - p.OutZero) + p.OutZero));

    /// <summary>Sum of the products of neighbours.</summary>
    internal static long WideDot(MnWide p, sbyte[] arena, int input, int tap, int count, int weightZero)
    {
        long acc = 0;
        for (int n = 0; n < count; n++)
            acc += (arena[input + n] - p.InZero) * (p.Weights[tap + n] - weightZero);
        return acc;
    }
}
