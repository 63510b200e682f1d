using System;

/// <summary>
/// Depthwise convolution in 64 bits: Wide.cs; outChannels is a multiple of inChannels. Rows may lie anywhere, -1 is a padding row; output may
/// not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void DepthwiseS8PortableWide(sbyte[] arena, int[] rows, int output, int x0, int x1, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        ReadOnlySpan<float> scale, ReadOnlySpan<sbyte> weightZero, int inWidth, int inChannels, int outChannels, int kernelHeight, int kernelWidth,
        int stride, int dilation, int padLeft, int inZero, int outZero, int outMin, int outMax)
    {
        int multiplier = outChannels / inChannels;
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < outChannels; c++)
            {
                long acc = bias[c];
                int tap = c;
                for (int ky = 0; ky < kernelHeight; ky++)
                {
                    for (int kx = 0; kx < kernelWidth; kx++, tap += outChannels)
                    {
                        int column = x0 * stride + kx * dilation - padLeft;
                        if (rows[ky] >= 0 && column >= 0 && column < inWidth)
                            acc += WideDot(arena, rows[ky] + column * inChannels + c / multiplier, weights.Slice(tap, 1), inZero, weightZero[c]);
                    }
                }
                arena[output + x0 * outChannels + c] = WideResult(acc, scale[c], outZero, outMin, outMax);
            }
        }
    }
}
