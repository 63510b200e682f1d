/// <summary>
/// Maximum over a window, padding left out; values keep their quantisation and are clamped to [outMin, outMax].
/// Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void MaxPoolS8Portable(sbyte[] arena, int[] rows, int output, int x0, int x1, int inWidth, int channels,
        int kernelHeight, int kernelWidth, int stride, int dilation, int padLeft, int inZero, int outZero, int outMin, int outMax)
    {
        int step = dilation * channels;
        for (; x0 < x1; x0++)
        {
            int first = x0 * stride - padLeft;
            int begin = PoolBegin(first, kernelWidth, dilation);
            int end = PoolEnd(first, begin, kernelWidth, dilation, inWidth);
            int offset = (first + begin * dilation) * channels;
            for (int c = 0; c < channels; c++)
            {
                int best = -128;
                for (int ky = 0; ky < kernelHeight; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    int x = rows[ky] + offset + c;
                    for (int n = begin; n < end; n++, x += step)
                        best = arena[x] > best ? arena[x] : best;
                }
                arena[output + x0 * channels + c] = (sbyte)Clamp(best, outMin, outMax);
            }
        }
    }
}
