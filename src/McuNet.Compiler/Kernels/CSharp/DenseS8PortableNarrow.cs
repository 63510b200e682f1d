/// <summary>Fully connected layer by weights of four bits. Output may not overlap the input.</summary>
internal static partial class Kernels
{
    internal static void DenseS8PortableNarrow(MnDense p, sbyte[] arena, int input, int output)
    {
        NarrowPixelS8(p.Weights, p.Bias, p.Scale, p.OutZero, p.OutMin, p.OutMax, arena, input, p.InCount, output, p.OutCount);
    }
}
