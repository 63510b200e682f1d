/// <summary>
/// Convolution with any window in float32. Weights: blocks of four channels [taps][inputs][4], then the channels that are left as
/// [taps][inputs]. Rows may lie anywhere, -1 is a padding row; output may not overlap them.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvF32Portable(MnReal p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
#if NET8_0_OR_GREATER
        if (BlocksOf(p) is RealBlocks blocks)
        {
            RealColumns(blocks, arena, rows, 0, output, x0, x1);
            return;
        }
#endif
        int taps = p.KernelHeight * p.KernelWidth * p.InChannels;
        for (; x0 < x1; x0++)
        {
            int first = x0 * p.Stride - p.PadLeft;
            int begin = ColumnsBegin(first, p.KernelWidth, p.Dilation);
            int end = ColumnsEnd(first, p.KernelWidth, p.Dilation, p.InWidth, begin);
            for (int c = 0; c < p.OutChannels; c++)
            {
                int spread = c < (p.OutChannels & ~3) ? 4 : 1,
                    weights = RealWeights(c, p.OutChannels, taps);
                float sum = p.Bias[c];
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    for (int kx = begin; kx < end; kx++)
                    {
                        int x = rows[ky] + 4 * (first + kx * p.Dilation) * p.InChannels;
                        sum = RealSum(
                            sum,
                            arena,
                            x,
                            p.Weights,
                            weights + spread * (ky * p.KernelWidth + kx) * p.InChannels,
                            spread,
                            p.InChannels
                        );
                    }
                }
                StoreF32(arena, output + 4 * (x0 * p.OutChannels + c), Limit(sum, p.Low, p.High));
            }
        }
    }
}
