/// <summary>Convolution with any window in 64 bits: Wide.cs. Rows may lie anywhere, -1 is a padding row; output may not overlap the
/// rows.</summary>
internal static partial class Kernels
{
    internal static void ConvS8PortableWide(MnWide p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            int tap = 0;
            for (int c = 0; c < p.OutChannels; c++)
            {
                int first = c / p.GroupOutputs * p.GroupInputs;
                long acc = p.Bias[c];
                for (int ky = 0; ky < p.KernelHeight; ky++)
                {
                    for (int kx = 0; kx < p.KernelWidth; kx++, tap += p.GroupInputs)
                    {
                        int column = x0 * p.Stride + kx * p.Dilation - p.PadLeft;
                        if (rows[ky] >= 0 && column >= 0 && column < p.InWidth)
                            acc += WideDot(p, arena, rows[ky] + column * p.InChannels + first, tap, p.GroupInputs, p.WeightZero[c]);
                    }
                }
                arena[output + x0 * p.OutChannels + c] = WideResult(p, acc, c);
            }
        }
    }
}
