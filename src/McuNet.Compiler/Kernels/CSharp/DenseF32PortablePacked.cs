/// <summary>Fully connected layer in float32 by packed weights: a convolution over a single pixel. Output may not overlap the
/// row.</summary>
internal static partial class Kernels
{
    internal static void DenseF32PortablePacked(MnRealPacked p, sbyte[] arena, int row, int output, int x0, int x1)
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
                float sum = RealPackedSum(p, p.Bias[c], arena, x, p.InChannels, p.InChannels, c, c < (p.OutChannels & ~3) ? 4 : 1, 0);
                StoreF32(arena, output + 4 * (x0 * p.OutChannels + c), Limit(sum, p.Low, p.High));
            }
        }
    }
}
