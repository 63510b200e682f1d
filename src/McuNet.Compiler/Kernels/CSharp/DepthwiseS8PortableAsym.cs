using System;

/// <summary>
/// As DepthwiseS8Portable, for weights with zero points. Weights: [channels / 4][taps][4], then the channels that are left as [rest][taps].
/// Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void DepthwiseS8PortableAsym(sbyte[] arena, int[] rows, int output, int x0, int x1, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias, ReadOnlySpan<float> scale, int inWidth, int inChannels, int outWidth, int outChannels, int kernelHeight,
        int kernelWidth, int stride, int dilation, int padLeft, int inZero, int outZero, int outMin, int outMax,
        ReadOnlySpan<sbyte> weightZero)
    {
        unchecked
        {
            int taps = kernelHeight * kernelWidth;
            output += x0 * outChannels;
            for (; x0 < x1; x0++, output += outChannels)
            {
                int first = x0 * stride - padLeft;
                int c = 0;
                for (; c + 4 <= outChannels; c += 4)
                {
                    ReadOnlySpan<sbyte> block = weights.Slice(c * taps, 4 * taps);
                    int a0 = bias[c], a1 = bias[c + 1], a2 = bias[c + 2], a3 = bias[c + 3];
                    int z0 = weightZero[c], z1 = weightZero[c + 1], z2 = weightZero[c + 2], z3 = weightZero[c + 3];
                    int tap = 0;
                    for (int ky = 0; ky < kernelHeight; ky++)
                    {
                        int row = rows[ky];
                        int column = first;
                        for (int kx = 0; kx < kernelWidth; kx++, column += dilation, tap += 4)
                        {
                            ReadOnlySpan<sbyte> w = block.Slice(tap, 4);
                            if (row >= 0 && (uint)column < (uint)inWidth)
                            {
                                ReadOnlySpan<sbyte> x = new ReadOnlySpan<sbyte>(arena, row + column * outChannels + c, 4);
                                a0 += x[0] * (w[0] - z0);
                                a1 += x[1] * (w[1] - z1);
                                a2 += x[2] * (w[2] - z2);
                                a3 += x[3] * (w[3] - z3);
                            }
                            else
                            {
                                a0 += inZero * (w[0] - z0);
                                a1 += inZero * (w[1] - z1);
                                a2 += inZero * (w[2] - z2);
                                a3 += inZero * (w[3] - z3);
                            }
                        }
                    }
                    arena[output + c] = Requantize(a0, scale[c], outZero, outMin, outMax);
                    arena[output + c + 1] = Requantize(a1, scale[c + 1], outZero, outMin, outMax);
                    arena[output + c + 2] = Requantize(a2, scale[c + 2], outZero, outMin, outMax);
                    arena[output + c + 3] = Requantize(a3, scale[c + 3], outZero, outMin, outMax);
                }
                for (; c < outChannels; c++)
                {
                    int acc = bias[c];
                    int zero = weightZero[c];
                    int tap = c * taps;
                    for (int ky = 0; ky < kernelHeight; ky++)
                    {
                        int row = rows[ky];
                        int column = first;
                        for (int kx = 0; kx < kernelWidth; kx++, column += dilation, tap++)
                        {
                            bool inside = row >= 0 && (uint)column < (uint)inWidth;
                            acc += (inside ? arena[row + column * outChannels + c] : inZero) * (weights[tap] - zero);
                        }
                    }
                    arena[output + c] = Requantize(acc, scale[c], outZero, outMin, outMax);
                }
            }
        }
    }
}
