/// <summary>
/// Depthwise convolution in float32; output channel c reads input channel c / (OutChannels / InChannels). Weights: [taps][OutChannels].
/// Rows may lie anywhere, -1 is a padding row; output may not overlap them.
/// </summary>
internal static partial class Kernels
{
    internal static void DepthwiseF32Portable(MnReal p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        int multiplier = p.OutChannels / p.InChannels;
#if NET8_0_OR_GREATER
        if (multiplier == 1 && BlocksOf(p, isDepthwise: true) is RealBlocks blocks)
        {
            RealDepthwise(blocks, arena, rows, output, x0, x1);
            return;
        }
#endif
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
                    if (rows[ky] < 0)
                        continue;
                    for (int kx = begin; kx < end; kx++)
                    {
                        float x = LoadF32(arena, rows[ky] + 4 * ((first + kx * p.Dilation) * p.InChannels + c / multiplier));
                        sum = (float)(sum + (float)(x * p.Weights[(ky * p.KernelWidth + kx) * p.OutChannels + c]));
                    }
                }
                StoreF32(arena, output + 4 * (x0 * p.OutChannels + c), Limit(sum, p.Low, p.High));
            }
        }
    }
}
