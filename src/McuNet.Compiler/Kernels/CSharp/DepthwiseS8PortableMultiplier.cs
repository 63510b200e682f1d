using System;

/// <summary>
/// Depthwise convolution in general: outChannels is a multiple of inChannels, weights may have zero points (weightZero empty: none).
/// Weights: [outChannels][taps]. Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void DepthwiseS8PortableMultiplier(sbyte[] arena, int[] rows, int output, int x0, int x1, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias, ReadOnlySpan<float> scale, int inWidth, int inChannels, int outWidth, int outChannels, int kernelHeight,
        int kernelWidth, int stride, int dilation, int padLeft, int inZero, int outZero, int outMin, int outMax,
        ReadOnlySpan<sbyte> weightZero = default)
    {
        unchecked
        {
            int multiplier = outChannels / inChannels;
            output += x0 * outChannels;
            for (; x0 < x1; x0++, output += outChannels)
            {
                int first = x0 * stride - padLeft;
                int tap = 0;
                for (int c = 0; c < outChannels; c++)
                {
                    int input = c / multiplier;
                    int zero = weightZero.Length > 0 ? weightZero[c] : 0;
                    int acc = bias[c];
                    for (int ky = 0; ky < kernelHeight; ky++)
                    {
                        int row = rows[ky];
                        int column = first;
                        for (int kx = 0; kx < kernelWidth; kx++, column += dilation, tap++)
                        {
                            bool inside = row >= 0 && (uint)column < (uint)inWidth;
                            acc += (inside ? arena[row + column * inChannels + input] : inZero) * (weights[tap] - zero);
                        }
                    }
                    arena[output + c] = Requantize(acc, scale[c], outZero, outMin, outMax);
                }
            }
        }
    }
}
