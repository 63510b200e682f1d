/// <summary>The numbers of the largest or least real channels of each pixel, in order. Output may not overlap the row.</summary>
internal static partial class Kernels
{
    internal static void TopIndicesF32Portable(MnTop p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (int x = x0; x < x1; x++)
        {
            int pixel = row + 4 * x * p.Channels,
                at = -1;
            for (int k = 0; k < p.Count; k++)
            {
                at = TopF32(p, arena, pixel, at);
                StoreF32(arena, output + 4 * (x * p.Count + k), at);
            }
        }
    }
}
