/// <summary>The largest or least channels of each pixel, in order. Output may not overlap the row.</summary>
internal static partial class Kernels
{
    internal static void TopKS8Portable(MnTop p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (int x = x0; x < x1; x++)
        {
            int pixel = row + x * p.Channels,
                at = -1;
            for (int k = 0; k < p.Count; k++)
            {
                at = TopS8(p, arena, pixel, at);
                arena[output + x * p.Count + k] = arena[pixel + at];
            }
        }
    }
}
