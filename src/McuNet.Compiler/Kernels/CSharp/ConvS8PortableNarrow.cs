/// <summary>
/// Convolution with any window by weights of four bits, the inputs of a pixel gathered into scratch. Rows may lie anywhere, -1 is a padding
/// row; output may not overlap them.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvS8PortableNarrow(MnConv p, sbyte[] arena, int[] rows, int output, int x0, int x1, int scratch)
    {
        int taps = p.KernelHeight * p.KernelWidth * p.InChannels;
        for (; x0 < x1; x0++)
        {
            GatherS8(p, arena, rows, x0, scratch);
            NarrowPixelS8(
                p.Weights,
                p.Bias,
                p.Scale,
                p.OutZero,
                p.OutMin,
                p.OutMax,
                arena,
                scratch,
                taps,
                output + x0 * p.OutChannels,
                p.OutChannels
            );
        }
    }
}
