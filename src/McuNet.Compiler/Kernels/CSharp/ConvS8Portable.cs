/// <summary>
/// Convolution with any window: two output pixels at a time, their inputs gathered into scratch (2 * taps bytes).
/// Weights as for Pixels2S8. Rows may lie anywhere, -1 is a padding row; output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void ConvS8Portable(MnConv p, sbyte[] arena, int[] rows, int output, int x0, int x1, int scratch)
    {
        unchecked
        {
            int taps = p.KernelHeight * p.KernelWidth * p.InChannels;
            int a = scratch,
                b = scratch + taps;
            for (; x0 + 2 <= x1; x0 += 2)
            {
                GatherS8(p, arena, rows, x0, a);
                GatherS8(p, arena, rows, x0 + 1, b);
                Pixels2S8(p, arena, a, b, taps, output + x0 * p.OutChannels, 0, 0);
            }
            if (x0 < x1)
            {
                GatherS8(p, arena, rows, x0, a);
                Pixel1S8(p, arena, a, taps, output + x0 * p.OutChannels, 0);
            }
        }
    }
}
