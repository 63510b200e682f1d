using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Requantisation of the four channels of a record of <c>mn_dot</c>: one offset for all, per channel a multiplier and what is added to its start
/// value. With the sums of even channels scaled by 2^8, and start values of odd channels by 1:
/// saturate8(((sum + Start) * Multiplier + Offset * 2^32) >> (34 + 8 or 0)).
/// </summary>
/// <remarks>
/// Of odd channels about one offset in a hundred admits a whole start value, of even ones most do: a search over offsets.
/// The multipliers of channels in <paramref name="Floats"/> are bits of float32 scales, of even channels divided by 2^8.
/// </remarks>
/// <param name="Floats">Bit i for channel i that no integers serve.</param>
internal sealed record DotRequantization(int Floats, int Offset, ImmutableArray<int> Starts, ImmutableArray<int> Multipliers)
{
    public const int EvenFraction = 8;
    private const int Bits = 2;
    private const int Channels = 4;
    private const int OffsetBits = 17;

    /// <summary>Those of channels <paramref name="first"/> to <paramref name="first"/> + 3; channels that the layer does not have are free.</summary>
    public static DotRequantization Of(LinearLayer layer, int first)
    {
        SharedOffset[] channels = [.. Enumerable.Range(first, Math.Min(Channels, layer.Output.Channels - first)).Select(c => SharedOffset.Of(layer, c, Bits, c % 2 == 0 ? EvenFraction : 0))];
        var integers = Enumerable.Range(0, channels.Length).Where(i => channels[i].Places.Length > 0).OrderByDescending(i => channels[i].Width).ToList();
        while (true)
        {
            if (Search(channels, integers) is { } found)
                return found.WithFloats(layer, first, Enumerable.Range(0, channels.Length).Except(integers));
            integers.RemoveAt(integers.Count - 1);
        }
    }

    /// <summary>The word in front of the multipliers: the offset, and where some channels go by float32 their marks and the output zero point.</summary>
    public uint OffsetWord(int outputZero) =>
        Floats == 0 ? (uint)Offset : 1u << 31 | Marks(Floats) | (uint)(byte)outputZero << OffsetBits | (uint)Offset;

    private static uint Marks(int floats) => (uint)Enumerable.Range(0, Channels).Sum(i => (floats >> i & 1) << (30 - i));

    /// <summary>The least offset that all of the <paramref name="integers"/> admit. Odd channels, which admit few, are asked first.</summary>
    private static DotRequantization? Search(SharedOffset[] channels, List<int> integers)
    {
        var order = integers.OrderBy(i => 1 - i % 2).ToArray();
        if (SharedOffset.Common([.. order.Select(i => channels[i])], 0, 1 << OffsetBits) is not var (offset, taken))
            return null;
        var (starts, multipliers) = (new int[Channels], new int[Channels]);
        for (var k = 0; k < order.Length; k++)
            (starts[order[k]], multipliers[order[k]]) = taken[k];
        return new(0, offset, [.. starts], [.. multipliers]);
    }

    private DotRequantization WithFloats(LinearLayer layer, int first, IEnumerable<int> floats) => floats.Aggregate(this, (found, i) => found with
    {
        Floats = found.Floats | 1 << i,
        Starts = found.Starts.SetItem(i, 0),
        Multipliers = found.Multipliers.SetItem(i, ScaleBits(layer, first + i)),
    });

    private static int ScaleBits(LinearLayer layer, int channel) =>
        BitConverter.SingleToInt32Bits(layer.Scale[channel] / (channel % 2 == 0 ? 1 << EvenFraction : 1));
}
