/// <summary>
/// Inner products of the int8 inputs of a pixel with weights of four bits. A weight w lies as w + 8, so that a sum is bias + sum x * (w +
/// 8) - 8 * sum x. Weights: for each four output channels, the last ones filled up, [taps / 4][8] bytes: taps 0, 2, 1, 3 of a quad, of each
/// two bytes, channels 0 and 1, channels 2 and 3, the first of two in the low half; taps are filled up to four with weights of 0.
/// </summary>
internal static partial class Kernels
{
    internal static void NarrowPixelS8(
        sbyte[] weights,
        int[] bias,
        float[] scale,
        int zero,
        int low,
        int high,
        sbyte[] arena,
        int x,
        int taps,
        int output,
        int channels
    )
    {
        unchecked
        {
            int eights = 0,
                w = 0;
            for (int n = 0; n < taps; n++)
                eights += 8 * arena[x + n];
            for (int c = 0; c < channels; c += 4, w += 8 * ((taps + 3) / 4))
            {
                int a0 = 0,
                    a1 = 0,
                    a2 = 0,
                    a3 = 0;
                for (int n = 0; n < taps; n++)
                {
                    int value = arena[x + n],
                        at = w + 8 * (n / 4) + 2 * ((n & 1) << 1 | (n >> 1) & 1);
                    a0 += value * (weights[at] & 15);
                    a1 += value * ((weights[at] >> 4) & 15);
                    a2 += value * (weights[at + 1] & 15);
                    a3 += value * ((weights[at + 1] >> 4) & 15);
                }
                for (int i = 0; i < 4 && c + i < channels; i++)
                {
                    int acc =
                        (
                            i == 0 ? a0
                            : i == 1 ? a1
                            : i == 2 ? a2
                            : a3
                        )
                        + bias[c + i]
                        - eights;
                    arena[output + c + i] = Requantize(acc, scale[c + i], zero, low, high);
                }
            }
        }
    }
}
