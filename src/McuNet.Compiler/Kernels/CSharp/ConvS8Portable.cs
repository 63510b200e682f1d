using System;

/// <summary>
/// Convolution with any window: two output pixels at a time, their inputs gathered into scratch (2 * taps bytes).
/// Weights as for Pixels2S8. Rows may lie anywhere, -1 is a padding row; output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvS8Portable(sbyte[] arena, int[] rows, int output, int x0, int x1, int scratch, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias, ReadOnlySpan<float> scale, int inWidth, int inChannels, int outWidth, int outChannels, int kernelHeight,
        int kernelWidth, int stride, int dilation, int padLeft, int inZero, int outZero, int outMin, int outMax)
    {
        unchecked
        {
            int taps = kernelHeight * kernelWidth * inChannels;
            int a = scratch, b = scratch + taps;
            for (; x0 + 2 <= x1; x0 += 2)
            {
                GatherS8(arena, rows, x0, a, inWidth, inChannels, kernelHeight, kernelWidth, stride, dilation, padLeft, inZero);
                GatherS8(arena, rows, x0 + 1, b, inWidth, inChannels, kernelHeight, kernelWidth, stride, dilation, padLeft, inZero);
                Pixels2S8(arena, a, b, taps, output + x0 * outChannels,
                    weights, bias, scale, outChannels, outZero, outMin, outMax, default, 0, 0);
            }
            if (x0 < x1)
            {
                GatherS8(arena, rows, x0, a, inWidth, inChannels, kernelHeight, kernelWidth, stride, dilation, padLeft, inZero);
                Pixel1S8(arena, a, taps, output + x0 * outChannels,
                    weights, bias, scale, outChannels, outZero, outMin, outMax, default, 0);
            }
        }
    }
}
