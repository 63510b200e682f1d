/// <summary>
/// Product of a tensor and one value per channel, exact in 64 bits. Columns hold <c>Channels</c> elements. Output may be a, and may not
/// overlap b.
/// </summary>
internal static partial class Kernels
{
    internal static void MulS16PortableChannels(MnMul p, sbyte[] arena, int a, int b, int output, int x0, int x1)
    {
        int i = sizeof(short) * x0 * p.Channels;
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < p.Channels; c++, i += sizeof(short))
            {
                long product = (long)(LoadS16(arena, a + i) - p.ZeroA) * (LoadS16(arena, b + sizeof(short) * c) - p.ZeroB);
                StoreS16(arena, output + i, RequantizeLong(product, p.Scale, p.Zero, p.OutMin, p.OutMax));
            }
        }
    }
}
