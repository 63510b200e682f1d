using System;

/// <summary>
/// 1 x 1 convolution without padding, any stride: two output pixels at a time, read in place. Weights as for Pixels2S8.
/// Joined rows are one long row. Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void PointwiseS8Portable(sbyte[] arena, int row, int output, int x0, int x1, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias, ReadOnlySpan<float> scale, int inWidth, int inChannels, int outWidth, int outChannels, int kernelHeight,
        int kernelWidth, int stride, int dilation, int padLeft, int inZero, int outZero, int outMin, int outMax)
    {
        unchecked
        {
            int step = stride * inChannels;
            int x = row + x0 * step;
            output += x0 * outChannels;
            for (; x0 + 2 <= x1; x0 += 2)
            {
                Pixels2S8(arena, x, x + step, inChannels, output,
                    weights, bias, scale, outChannels, outZero, outMin, outMax, default, 0, 0);
                x += 2 * step;
                output += 2 * outChannels;
            }
            if (x0 < x1)
            {
                Pixel1S8(arena, x, inChannels, output,
                    weights, bias, scale, outChannels, outZero, outMin, outMax, default, 0);
            }
        }
    }
}
