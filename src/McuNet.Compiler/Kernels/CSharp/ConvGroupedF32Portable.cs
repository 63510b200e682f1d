/// <summary>
/// Convolution in groups in float32: as many output channels each read a run of as many inputs. Weights: [OutChannels][taps][inputs of a
/// group]. Rows may lie anywhere, -1 is a padding row; output may not overlap them.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvGroupedF32Portable(MnReal p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        int depth = p.InChannels / p.Groups,
            outputs = p.OutChannels / p.Groups;
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
                        int x = rows[ky] + 4 * ((first + kx * p.Dilation) * p.InChannels + c / outputs * depth);
                        sum = RealSum(sum, arena, x, p.Weights, ((c * p.KernelHeight + ky) * p.KernelWidth + kx) * depth, 1, depth);
                    }
                }
                StoreF32(arena, output + 4 * (x0 * p.OutChannels + c), Limit(sum, p.Low, p.High));
            }
        }
    }
}
