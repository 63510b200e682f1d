using System;

namespace McuNet.Compiler.Kernels;

/// <summary>The offsets that a place admits: those o for which a start value s exists with s * multiplier + o * 2^32 in the place, scaled
/// by 2^fraction.</summary>
/// <param name="leastStart">The least start value that keeps sums within 32 bits.</param>
/// <param name="mostStart">The largest.</param>
internal sealed class AdmittedOffsets(RequantizationPlace place, int fraction, long leastStart, long mostStart)
{
    public const long None = long.MaxValue;
    private const long One = 1L << 32;

    private readonly long _from = place.From << fraction;
    private readonly long _span = ((place.To + 1) << fraction) - 1 - (place.From << fraction);
    private long _next = long.MinValue;

    public int Multiplier => place.Multiplier;

    /// <summary>The least admitted offset that is at least <paramref name="offset"/>, or <see cref="None"/>. Quick where the questions
    /// rise.</summary>
    public long AtLeast(long offset)
    {
        if (_next < offset)
            _next = Find(offset);
        return _next;
    }

    /// <summary>The least start value for an admitted offset.</summary>
    public long Start(long offset) => Ceiling(_from - offset * One, Multiplier);

    private long Find(long offset)
    {
        offset = Math.Max(offset, Ceiling(_from - mostStart * Multiplier, One));
        var over = Modulo(offset * One - _from, Multiplier);
        if (over > _span)
        {
            if (ResidueRange.LeastMultiple(One % Multiplier, Multiplier, Multiplier - over, Multiplier - over + _span) is not { } further)
                return None;
            offset += further;
        }

        return Start(offset) >= leastStart && leastStart <= mostStart ? offset : None;
    }

    private static long Ceiling(long value, long divisor) => value / divisor + (value % divisor > 0 ? 1 : 0);

    private static long Modulo(long value, long divisor) => (value % divisor + divisor) % divisor;
}
