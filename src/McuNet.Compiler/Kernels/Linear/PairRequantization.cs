namespace McuNet.Compiler.Kernels;

/// <summary>
/// Requantisation of two channels of a record of the pixel-wise depthwise kernel, by integers, with one offset of 16 bits:
/// saturate8(((acc + Start) * Multiplier + Offset * 2^32) >> 33).
/// </summary>
internal readonly record struct PairRequantization(int Offset, (int Start, int Multiplier) First, (int Start, int Multiplier) Second)
{
    private const int Bits = 1;

    /// <summary>That of channels <paramref name="first"/> and the next; null where no offset serves both.</summary>
    public static PairRequantization? Of(LinearLayer layer, int first) =>
        SharedOffset.Common(
            [SharedOffset.Of(layer, first, Bits, 0), SharedOffset.Of(layer, first + 1, Bits, 0)],
            short.MinValue,
            short.MaxValue + 1
        )
            is var (offset, taken)
            ? new(offset, taken[0], taken[1])
            : null;
}
