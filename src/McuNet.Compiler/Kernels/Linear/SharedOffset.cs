using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// A channel that shares the offset of its requantisation with others: for an offset that is given, a start value and a multiplier with
/// which saturate8(((sum + start) * multiplier + offset * 2^32) >> (32 + bits + fraction)) is exact, sums being scaled by 2^fraction.
/// </summary>
internal sealed record SharedOffset
{
    private const int MostMultipliers = 4;
    private const int ConstantMultiplier = 1 << 24;

    /// <summary>The multipliers that admit most start values; none where no integers serve the channel.</summary>
    public required RequantizationPlace[] Places { get; init; }

    private int Fraction { get; init; }

    private long Low { get; init; }

    private long High { get; init; }

    /// <summary>Start values that the widest place spans.</summary>
    public double Width => Places.Max(p => (double)(p.To - p.From) / p.Multiplier);

    public static SharedOffset Of(LinearLayer layer, int channel, int bits, int fraction)
    {
        if (ConstantChannels.Find(layer, channel) is { } output)
        {
            var one = 1L << (32 + bits);
            return new() { Places = [new(ConstantMultiplier, output * one, (output + 1) * one - 1)], Fraction = fraction };
        }

        var (low, high) = ConstantChannels.Reach(layer, channel);
        var places = IntegerRequantization.Places(layer.Scale[channel], layer.OutputZero, low, high, bits, fraction);
        return new()
        {
            Places = [.. places.OrderByDescending(p => (double)(p.To - p.From) / p.Multiplier).Take(MostMultipliers)],
            Fraction = fraction,
            Low = low,
            High = high,
        };
    }

    /// <summary>The least offset in [<paramref name="from"/>, <paramref name="to"/>) that all channels admit, and what each takes with it; null where there is none.</summary>
    /// <param name="channels">Quickest where those that admit few come first.</param>
    public static (int Offset, (int Start, int Multiplier)[] Taken)? Common(SharedOffset[] channels, int from, int to)
    {
        var taken = new (int Start, int Multiplier)[channels.Length];
        for (var offset = from; offset < to; offset++)
        {
            var i = 0;
            while (i < channels.Length && channels[i].Admits(offset, out taken[i].Start, out taken[i].Multiplier))
                i++;
            if (i == channels.Length)
                return (offset, taken);
        }

        return null;
    }

    private bool Admits(int offset, out int start, out int multiplier)
    {
        (start, multiplier) = (0, 0);
        foreach (var (m, from, to) in Places)
        {
            var least = (from << Fraction) - ((long)offset << 32);
            var candidate = least / m + (least % m > 0 ? 1 : 0);
            if (candidate * m > ((to + 1) << Fraction) - 1 - ((long)offset << 32) || !Fits(candidate))
                continue;
            (start, multiplier) = ((int)candidate, m);
            return true;
        }

        return false;
    }

    private bool Fits(long start) => (Low << Fraction) + start >= int.MinValue && (High << Fraction) + start <= int.MaxValue && start == (int)start;
}
