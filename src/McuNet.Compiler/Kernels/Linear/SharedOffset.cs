using System;
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

    /// <summary>The least offset in [<paramref name="from"/>, <paramref name="to"/>) that all channels admit, and what each takes with it;
    /// null where there is none.</summary>
    /// <param name="channels">Quickest where those that admit few come first.</param>
    public static (int Offset, (int Start, int Multiplier)[] Taken)? Common(SharedOffset[] channels, int from, int to)
    {
        var admitted = Array.ConvertAll(channels, c => c.Admitted());
        for (long offset = from; offset < to; )
        {
            var next = Next(admitted, offset);
            if (next == offset)
                return ((int)offset, Array.ConvertAll(admitted, places => Taken(places, offset)));
            offset = next;
        }

        return null;
    }

    private AdmittedOffsets[] Admitted()
    {
        var (least, most) = (
            Math.Max(int.MinValue, int.MinValue - (Low << Fraction)),
            Math.Min(int.MaxValue, int.MaxValue - (High << Fraction))
        );
        return Array.ConvertAll(Places, p => new AdmittedOffsets(p, Fraction, least, most));
    }

    /// <summary>The offset itself where all channels admit it, else the next that the first of the others admits.</summary>
    private static long Next(AdmittedOffsets[][] channels, long offset)
    {
        foreach (var places in channels)
        {
            var next = AdmittedOffsets.None;
            foreach (var place in places)
                next = Math.Min(next, place.AtLeast(offset));
            if (next > offset)
                return next;
        }

        return offset;
    }

    private static (int Start, int Multiplier) Taken(AdmittedOffsets[] places, long offset)
    {
        var place = places.First(p => p.AtLeast(offset) == offset);
        return ((int)place.Start(offset), place.Multiplier);
    }
}
