/// <summary>
/// Mean over a window in float32: the inputs inside are added up row by row and divided by their number.
/// Rows may lie anywhere, -1 is a padding row. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void AveragePoolF32Portable(MnPoolF32 p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            int first = x0 * p.Stride - p.PadLeft;
            int begin = ColumnsBegin(first, p.KernelWidth, p.Dilation);
            int end = ColumnsEnd(first, p.KernelWidth, p.Dilation, p.InWidth, begin);
            for (int c = 0; c < p.Channels; c++)
            {
                float sum = 0.0f;
                int count = 0;
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    for (int kx = begin; kx < end; kx++)
                    {
                        float v = LoadF32(arena, rows[ky] + 4 * ((first + kx * p.Dilation) * p.Channels + c));
                        sum = (float)(sum + v);
                        count++;
                    }
                }
                StoreF32(
                    arena,
                    output + 4 * (x0 * p.Channels + c),
                    Limit((float)(sum / (float)(p.Count != 0 ? p.Count : count)), p.Low, p.High)
                );
            }
        }
    }
}
