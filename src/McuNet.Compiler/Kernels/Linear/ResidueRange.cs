namespace McuNet.Compiler.Kernels;

/// <summary>Multiples whose residue lies in a range.</summary>
internal static class ResidueRange
{
    /// <summary>The least x &gt;= 0 with <paramref name="low"/> &lt;= x * step mod modulus &lt;= <paramref name="high"/>; null where there
    /// is none.</summary>
    /// <remarks>As Euclid's algorithm, in O(log modulus): where no multiple lies in the range before the first wrap, the number of wraps is
    /// the same question of modulus mod step.</remarks>
    /// <param name="step">In [0, modulus).</param>
    /// <param name="modulus">At most 2^31.</param>
    /// <param name="low">In [0, high].</param>
    /// <param name="high">In [low, modulus).</param>
    public static long? LeastMultiple(long step, long modulus, long low, long high)
    {
        if (low == 0)
            return 0;
        if (step == 0)
            return null;
        var x = Ceiling(low, step);
        if (x * step <= high)
            return x;
        return LeastMultiple(modulus % step, step, x * step - high, x * step - low) is { } wraps
            ? Ceiling(low + wraps * modulus, step)
            : null;
    }

    private static long Ceiling(long value, long divisor) => (value + divisor - 1) / divisor;
}
