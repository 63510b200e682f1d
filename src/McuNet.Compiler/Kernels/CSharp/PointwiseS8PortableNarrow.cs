/// <summary>1 x 1 convolution without padding, any stride, by weights of four bits. Output may not overlap the input.</summary>
internal static partial class Kernels
{
    internal static void PointwiseS8PortableNarrow(MnConv p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
            NarrowPixelS8(
                p.Weights,
                p.Bias,
                p.Scale,
                p.OutZero,
                p.OutMin,
                p.OutMax,
                arena,
                row + x0 * p.Stride * p.InChannels,
                p.InChannels,
                output + x0 * p.OutChannels,
                p.OutChannels
            );
    }
}
