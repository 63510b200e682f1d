/// <summary>
/// Depthwise convolution, one output channel per input channel, any window, four channels at a time. Weights: [channels / 4][taps][4],
/// then the channels that are left as [rest][taps]. Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void DepthwiseS8Portable(MnConv p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        unchecked
        {
            sbyte[] weights = p.Weights;
            int height = p.KernelHeight,
                width = p.KernelWidth,
                dilation = p.Dilation,
                columns = p.InWidth,
                channels = p.OutChannels,
                zero = p.InZero;
            output += x0 * channels;
            for (; x0 < x1; x0++, output += channels)
            {
                int first = x0 * p.Stride - p.PadLeft;
                int c = 0,
                    tap = 0;
                for (; c + 4 <= channels; c += 4)
                {
#if NET8_0_OR_GREATER
                    if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
                    {
                        Vector128<int> sums = Vector128.LoadUnsafe(ref p.Bias[c]);
                        for (int ky = 0; ky < height; ky++)
                        {
                            int row = rows[ky],
                                column = first;
                            if (row >= 0 && first >= 0 && first + (width - 1) * dilation < columns)
                            {
                                int x = row + first * channels + c;
                                for (int kx = 0; kx < width; kx++, x += dilation * channels, tap += 4)
                                    sums += Widen4(ref arena[x]) * Widen4(ref weights[tap]);
                                continue;
                            }
                            for (int kx = 0; kx < width; kx++, column += dilation, tap += 4)
                            {
                                bool inside = row >= 0 && (uint)column < (uint)columns;
                                sums +=
                                    (inside ? Widen4(ref arena[row + column * channels + c]) : Vector128.Create(zero))
                                    * Widen4(ref weights[tap]);
                            }
                        }
                        Store4(
                            ref arena[output + c],
                            Requantize4(sums, Vector128.LoadUnsafe(ref p.Scale[c]), p.OutZero, p.OutMin, p.OutMax)
                        );
                        continue;
                    }
#endif
                    int a0 = p.Bias[c],
                        a1 = p.Bias[c + 1],
                        a2 = p.Bias[c + 2],
                        a3 = p.Bias[c + 3];
                    for (int ky = 0; ky < height; ky++)
                    {
                        int row = rows[ky];
                        int column = first;
                        for (int kx = 0; kx < width; kx++, column += dilation, tap += 4)
                        {
                            if (row >= 0 && (uint)column < (uint)columns)
                            {
                                int x = row + column * channels + c;
                                a0 += arena[x] * weights[tap];
                                a1 += arena[x + 1] * weights[tap + 1];
                                a2 += arena[x + 2] * weights[tap + 2];
                                a3 += arena[x + 3] * weights[tap + 3];
                            }
                            else
                            {
                                a0 += zero * weights[tap];
                                a1 += zero * weights[tap + 1];
                                a2 += zero * weights[tap + 2];
                                a3 += zero * weights[tap + 3];
                            }
                        }
                    }
                    arena[output + c] = Requantize(a0, p.Scale[c], p.OutZero, p.OutMin, p.OutMax);
                    arena[output + c + 1] = Requantize(a1, p.Scale[c + 1], p.OutZero, p.OutMin, p.OutMax);
                    arena[output + c + 2] = Requantize(a2, p.Scale[c + 2], p.OutZero, p.OutMin, p.OutMax);
                    arena[output + c + 3] = Requantize(a3, p.Scale[c + 3], p.OutZero, p.OutMin, p.OutMax);
                }
                for (; c < channels; c++)
                {
                    int acc = p.Bias[c];
                    for (int ky = 0; ky < height; ky++)
                    {
                        int row = rows[ky];
                        int column = first;
                        for (int kx = 0; kx < width; kx++, column += dilation, tap++)
                        {
                            bool inside = row >= 0 && (uint)column < (uint)columns;
                            acc += (inside ? arena[row + column * channels + c] : zero) * weights[tap];
                        }
                    }
                    arena[output + c] = Requantize(acc, p.Scale[c], p.OutZero, p.OutMin, p.OutMax);
                }
            }
        }
    }
}
