/// <summary>
/// Convolution with any window in float32 by packed weights: blocks of four channels, then those that are left. Rows may lie anywhere, -1
/// is a padding row; output may not overlap them.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvF32PortablePacked(MnRealPacked p, sbyte[] arena, int[] rows, int output, int x0, int x1, int scratch)
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
                float sum = p.Bias[c];
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    for (int kx = begin; kx < end && rows[ky] >= 0; kx++)
                    {
                        int x = rows[ky] + 4 * (first + kx * p.Dilation) * p.InChannels,
                            tap = (ky * p.KernelWidth + kx) * p.InChannels;
                        sum = RealPackedSum(p, sum, arena, x, p.InChannels, taps, c, c < (p.OutChannels & ~3) ? 4 : 1, tap);
                    }
                }
                StoreF32(arena, output + 4 * (x0 * p.OutChannels + c), Limit(sum, p.Low, p.High));
            }
        }
    }
}
