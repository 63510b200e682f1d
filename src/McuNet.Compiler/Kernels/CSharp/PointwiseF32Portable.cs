/// <summary>
/// Pointwise convolution in float32, and a fully connected layer as one over a single pixel. Weights: blocks of four channels [inputs][4],
/// then the channels that are left as [inputs]. Output may not overlap the row.
/// </summary>
internal static partial class Kernels
{
    internal static void PointwiseF32Portable(MnReal p, sbyte[] arena, int row, int output, int x0, int x1)
    {
#if NET8_0_OR_GREATER
        if (BlocksOf(p) is RealBlocks blocks)
        {
            RealColumns(blocks, arena, null, row, output, x0, x1);
            return;
        }
#endif
        for (; x0 < x1; x0++)
        {
            int x = row + 4 * x0 * p.Stride * p.InChannels;
            for (int c = 0; c < p.OutChannels; c++)
            {
                int spread = c < (p.OutChannels & ~3) ? 4 : 1;
                float sum = RealSum(p.Bias[c], arena, x, p.Weights, RealWeights(c, p.OutChannels, p.InChannels), spread, p.InChannels);
                StoreF32(arena, output + 4 * (x0 * p.OutChannels + c), Limit(sum, p.Low, p.High));
            }
        }
    }
}
