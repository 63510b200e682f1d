/// <summary>
/// Average over a window: sum of (x - InZero) over the inputs inside, times the scale for their number, rounded half to even.
/// Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void AveragePoolS8Portable(MnPool p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        int step = p.Dilation * p.Channels;
        for (; x0 < x1; x0++)
        {
            int first = x0 * p.Stride - p.PadLeft;
            int begin = PoolBegin(p, first);
            int end = PoolEnd(p, first, begin);
            int offset = (first + begin * p.Dilation) * p.Channels;
            int count = 0;
            for (int ky = 0; ky < p.KernelHeight; ky++)
                count += rows[ky] >= 0 ? end - begin : 0;
            for (int c = 0; c < p.Channels; c++)
            {
                int sum = -count * p.InZero;
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    int x = rows[ky] + offset + c;
                    for (int n = begin; n < end; n++, x += step)
                        sum += arena[x];
                }
                arena[output + x0 * p.Channels + c] = Requantize(sum, p.Scale[count], p.OutZero, p.OutMin, p.OutMax);
            }
        }
    }
}
