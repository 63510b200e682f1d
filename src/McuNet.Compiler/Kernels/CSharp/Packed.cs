/// <summary>
/// Weights in fewer bits than float32 has, widened where they are used: of 16 bits float16, low byte first; of 8 bits integers; of 4 bits
/// two in a byte, the first in its low half. An integer is (q - zero) * scale, rounded once. Weights and scales of four channels lie
/// interleaved, <c>lanes</c> is 4 then.
/// </summary>
internal static partial class Kernels
{
    /// <summary>Where weight, or scale, number <c>tap</c> of a channel lies, of which each channel has <c>taps</c>.</summary>
    internal static int PackedAt(int channel, int lanes, int taps, int tap) =>
        lanes == 4 ? (channel & ~3) * taps + (channel & 3) + 4 * tap : channel * taps + tap;

    internal static float PackedWeight(sbyte[] weights, float[] scale, sbyte[] zero, int bits, int zeros, int at, int place)
    {
        if (bits == 16)
            return PackedHalf(weights[2 * at] & 0xff | (weights[2 * at + 1] & 0xff) << 8);
        int q =
            bits == 8 ? weights[at]
            : (at & 1) != 0 ? weights[at >> 1] >> 4
            : weights[at >> 1] << 28 >> 28;
        return (float)((float)(q - zero[zeros != 0 ? place : 0]) * scale[place]);
    }

    /// <summary>Exact for every float16.</summary>
    internal static float PackedHalf(int half)
    {
        int exponent = (half >> 10) & 31,
            fraction = half & 0x3ff,
            sign = (half & 0x8000) << 16;
        if (exponent == 0)
        {
            float small = (float)(fraction * 5.9604644775390625e-8f);
            return sign != 0 ? -small : small;
        }
        return BitsToSingle(sign | (exponent == 31 ? 255 : exponent + 112) << 23 | fraction << 13);
    }

    /// <summary>sum and the products of n inputs with the weights of a channel from <c>tap</c> on.</summary>
    internal static float PackedSum(
        float sum,
        sbyte[] arena,
        int x,
        int n,
        sbyte[] weights,
        float[] scale,
        sbyte[] zero,
        int bits,
        int zeros,
        int group,
        int scales,
        int taps,
        int channel,
        int lanes,
        int tap
    )
    {
        for (; n > 0; n--, x += 4, tap++)
        {
            float weight = PackedWeight(
                weights,
                scale,
                zero,
                bits,
                zeros,
                PackedAt(channel, lanes, taps, tap),
                PackedAt(channel, lanes, scales, tap / group)
            );
            sum = (float)(sum + (float)(LoadF32(arena, x) * weight));
        }
        return sum;
    }
}
