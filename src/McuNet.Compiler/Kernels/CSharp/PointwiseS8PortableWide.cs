/// <summary>Pointwise convolution in 64 bits: Wide.cs. Rows may be joined. Output may not overlap the input.</summary>
internal static partial class Kernels
{
    internal static void PointwiseS8PortableWide(MnWide p, sbyte[] arena, int input, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < p.OutChannels; c++)
            {
                long acc =
                    p.Bias[c] + WideDot(p, arena, input + x0 * p.Stride * p.InChannels, c * p.InChannels, p.InChannels, p.WeightZero[c]);
                arena[output + x0 * p.OutChannels + c] = WideResult(p, acc, c);
            }
        }
    }
}
