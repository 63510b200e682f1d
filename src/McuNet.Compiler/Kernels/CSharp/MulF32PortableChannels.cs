/// <summary>Of each pixel the product with one value per channel. Output may be the first input.</summary>
internal static partial class Kernels
{
    internal static void MulF32PortableChannels(MnElements p, sbyte[] arena, int rowA, int rowB, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                int at = 4 * (x0 * p.Channels + c);
                float product = (float)(LoadF32(arena, rowA + at) * LoadF32(arena, rowB + 4 * c));
                StoreF32(arena, output + at, Limit(product, p.Low, p.High));
            }
        }
    }
}
