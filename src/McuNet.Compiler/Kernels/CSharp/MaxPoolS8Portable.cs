/// <summary>
/// Maximum over a window, padding left out; values keep their quantisation and are clamped to [OutMin, OutMax].
/// Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void MaxPoolS8Portable(MnPool p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        int step = p.Dilation * p.Channels;
        for (; x0 < x1; x0++)
        {
            int first = x0 * p.Stride - p.PadLeft;
            int begin = PoolBegin(p, first);
            int end = PoolEnd(p, first, begin);
            int offset = (first + begin * p.Dilation) * p.Channels;
            for (int c = 0; c < p.Channels; c++)
            {
                int best = -128;
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    int x = rows[ky] + offset + c;
                    for (int n = begin; n < end; n++, x += step)
                        best = arena[x] > best ? arena[x] : best;
                }
                arena[output + x0 * p.Channels + c] = (sbyte)Clamp(best, p.OutMin, p.OutMax);
            }
        }
    }
}
