using System;

/// <summary>
/// Average over a window: sum of (x - inZero) over the inputs inside, times the scale for their number, rounded half to even.
/// Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void AveragePoolS8Portable(sbyte[] arena, int[] rows, int output, int x0, int x1, ReadOnlySpan<float> scale,
        int inWidth, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, int padLeft, int inZero, int outZero,
        int outMin, int outMax)
    {
        int step = dilation * channels;
        for (; x0 < x1; x0++)
        {
            int first = x0 * stride - padLeft;
            int begin = PoolBegin(first, kernelWidth, dilation);
            int end = PoolEnd(first, begin, kernelWidth, dilation, inWidth);
            int offset = (first + begin * dilation) * channels;
            int count = 0;
            for (int ky = 0; ky < kernelHeight; ky++)
                count += rows[ky] >= 0 ? end - begin : 0;
            for (int c = 0; c < channels; c++)
            {
                int sum = -count * inZero;
                for (int ky = 0; ky < kernelHeight; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    int x = rows[ky] + offset + c;
                    for (int n = begin; n < end; n++, x += step)
                        sum += arena[x];
                }
                arena[output + x0 * channels + c] = Requantize(sum, scale[count], outZero, outMin, outMax);
            }
        }
    }
}
