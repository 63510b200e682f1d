/// <summary>
/// 1 x 1 convolution without padding, any stride: two output pixels at a time, read in place. Weights as for Pixels2S8.
/// Joined rows are one long row. Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void PointwiseS8Portable(MnConv p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        unchecked
        {
            int step = p.Stride * p.InChannels;
            int x = row + x0 * step;
            output += x0 * p.OutChannels;
            for (; x0 + 2 <= x1; x0 += 2)
            {
                Pixels2S8(p, arena, x, x + step, p.InChannels, output, 0, 0);
                x += 2 * step;
                output += 2 * p.OutChannels;
            }
            if (x0 < x1)
            {
                Pixel1S8(p, arena, x, p.InChannels, output, 0);
            }
        }
    }
}
