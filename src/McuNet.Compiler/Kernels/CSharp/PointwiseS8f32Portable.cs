/// <summary>Pointwise convolution of int8 to real numbers, and a fully connected layer as one over a single pixel. Output may not overlap
/// the row.</summary>
internal static partial class Kernels
{
    internal static void PointwiseS8f32Portable(MnRealOfS8 p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            int x = row + x0 * p.Stride * p.InChannels;
            for (int c = 0; c < p.OutChannels; c++)
            {
                long sum = RealOfS8Sum(p, p.Bias[c], arena, x, c * p.InChannels, p.InChannels, p.WeightZero[c]);
                StoreF32(arena, output + 4 * (x0 * p.OutChannels + c), RealOfS8Result(p, sum, c));
            }
        }
    }
}
