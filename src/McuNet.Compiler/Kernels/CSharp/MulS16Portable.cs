/// <summary>Product of two tensors of the same shape, exact in 64 bits. Columns hold <c>Channels</c> elements. Output may be either
/// input.</summary>
internal static partial class Kernels
{
    internal static void MulS16Portable(MnMul p, sbyte[] arena, int a, int b, int output, int x0, int x1)
    {
        int end = sizeof(short) * x1 * p.Channels;
        for (int i = sizeof(short) * x0 * p.Channels; i < end; i += sizeof(short))
        {
            long product = (long)(LoadS16(arena, a + i) - p.ZeroA) * (LoadS16(arena, b + i) - p.ZeroB);
            StoreS16(arena, output + i, RequantizeLong(product, p.Scale, p.Zero, p.OutMin, p.OutMax));
        }
    }
}
