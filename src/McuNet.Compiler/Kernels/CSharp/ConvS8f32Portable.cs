/// <summary>Convolution of int8 with any window to real numbers. Rows may lie anywhere, -1 is a padding row; output may not overlap
/// them.</summary>
internal static partial class Kernels
{
    internal static void ConvS8f32Portable(MnRealOfS8 p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            int first = x0 * p.Stride - p.PadLeft;
            int begin = ColumnsBegin(first, p.KernelWidth, p.Dilation);
            int end = ColumnsEnd(first, p.KernelWidth, p.Dilation, p.InWidth, begin);
            for (int c = 0; c < p.OutChannels; c++)
            {
                long sum = p.Bias[c];
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    if (rows[ky] < 0)
                        continue;
                    for (int kx = begin; kx < end; kx++)
                    {
                        int x = rows[ky] + (first + kx * p.Dilation) * p.InChannels;
                        int w = ((c * p.KernelHeight + ky) * p.KernelWidth + kx) * p.InChannels;
                        sum = RealOfS8Sum(p, sum, arena, x, w, p.InChannels, p.WeightZero[c]);
                    }
                }
                StoreF32(arena, output + 4 * (x0 * p.OutChannels + c), RealOfS8Result(p, sum, c));
            }
        }
    }
}
