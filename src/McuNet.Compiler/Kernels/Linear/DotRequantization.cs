using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Requantisation of the four channels of a record of <c>mn_dot</c>: one offset for all, per channel a multiplier and what is added to its
/// start value. With the sums of even channels scaled by 2^8, and start values of odd channels by 1:
/// saturate8(((sum + Start) * Multiplier + Offset * 2^32) >> (34 + 8 or 0)).
/// </summary>
/// <remarks>
/// Of odd channels about one offset in a hundred admits a whole start value, of even ones most do: a search over offsets.
/// By float32 the multipliers are bits of scales, of even channels divided by 2^8. A record is computed one way or the other: code for both
/// at once would be larger than what a small cache holds beside the loop.
/// </remarks>
/// <param name="ByFloat">No integers serve all four channels.</param>
internal sealed record DotRequantization(bool ByFloat, int Offset, ImmutableArray<int> Starts, ImmutableArray<int> Multipliers)
{
    public const int EvenFraction = 8;
    private const int Bits = 2;
    private const int Channels = 4;
    private const int OffsetBits = 17;

    /// <summary>Those of channels <paramref name="first"/> to <paramref name="first"/> + 3; channels that the layer does not have are
    /// free.</summary>
    public static DotRequantization Of(LinearLayer layer, int first)
    {
        var present = Math.Min(Channels, layer.Output.Channels - first);
        var channels = new SharedOffset[present];
        for (var i = 0; i < present; i++)
        {
            channels[i] = SharedOffset.Of(layer, first + i, Bits, Fraction(i));
            if (channels[i].Places.Length == 0)
                return Floats(layer, first, present);
        }

        return Search(channels) ?? Floats(layer, first, present);
    }

    /// <summary>The word in front of the multipliers: the offset, or a mark and the output zero point.</summary>
    public uint OffsetWord(int outputZero) => ByFloat ? 1u << 31 | (byte)outputZero : (uint)Offset;

    /// <summary>The least offset that all admit. Odd channels, which admit few, are asked first.</summary>
    private static DotRequantization? Search(SharedOffset[] channels)
    {
        var order = Enumerable.Range(0, channels.Length).OrderBy(i => 1 - i % 2).ToArray();
        if (SharedOffset.Common([.. order.Select(i => channels[i])], 0, 1 << OffsetBits) is not var (offset, taken))
            return null;
        var (starts, multipliers) = (new int[Channels], new int[Channels]);
        for (var k = 0; k < order.Length; k++)
            (starts[order[k]], multipliers[order[k]]) = taken[k];
        return new(false, offset, [.. starts], [.. multipliers]);
    }

    /// <summary>A constant channel, whose weights are zero, starts at its value.</summary>
    private static DotRequantization Floats(LinearLayer layer, int first, int present)
    {
        var (starts, multipliers) = (new int[Channels], new int[Channels]);
        for (var i = 0; i < present; i++)
        {
            var constant = ConstantChannels.Find(layer, first + i);
            starts[i] = constant is { } output ? (output - layer.OutputZero) << Fraction(i) : 0;
            multipliers[i] = BitConverter.SingleToInt32Bits((constant is null ? layer.Scale[first + i] : 1f) / (1 << Fraction(i)));
        }

        return new(true, 0, [.. starts], [.. multipliers]);
    }

    private static int Fraction(int channel) => channel % 2 == 0 ? EvenFraction : 0;
}
