/// <summary>
/// Depthwise convolution in 64 bits: Wide.cs; OutChannels is a multiple of InChannels. Rows may lie anywhere, -1 is a padding row; output
/// may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void DepthwiseS8PortableWide(MnWide p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        int multiplier = p.OutChannels / p.InChannels;
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < p.OutChannels; c++)
            {
                long acc = p.Bias[c];
                int tap = c;
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    for (int kx = 0; kx < p.KernelWidth; kx++, tap += p.OutChannels)
                    {
                        int column = x0 * p.Stride + kx * p.Dilation - p.PadLeft;
                        if (rows[ky] >= 0 && column >= 0 && column < p.InWidth)
                            acc += WideDot(p, arena, rows[ky] + column * p.InChannels + c / multiplier, tap, 1, p.WeightZero[c]);
                    }
                }
                arena[output + x0 * p.OutChannels + c] = WideResult(p, acc, c);
            }
        }
    }
}
