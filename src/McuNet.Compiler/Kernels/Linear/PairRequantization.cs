using System;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Requantisation of two channels of a record of the pixel-wise depthwise kernel, by integers, with one offset of 16 bits:
/// saturate8(((acc + Start) * Multiplier + Offset * 2^32) >> 33).
/// </summary>
internal readonly record struct PairRequantization(int Offset, (int Start, int Multiplier) First, (int Start, int Multiplier) Second)
{
    private const int Bits = 1;

    /// <summary>That of channels <paramref name="first"/> and the next; null where no offset serves both.</summary>
    public static PairRequantization? Of(LinearLayer layer, int first)
    {
        var (a, b) = (SharedOffset.Of(layer, first, Bits, 0), SharedOffset.Of(layer, first + 1, Bits, 0));
        for (int offset = short.MinValue; offset <= short.MaxValue; offset++)
        {
            if (a.Admits(offset, out var startA, out var multiplierA) && b.Admits(offset, out var startB, out var multiplierB))
                return new(offset, (startA, multiplierA), (startB, multiplierB));
        }

        return null;
    }
}
