/// <summary><c>PointwiseS8Portable</c> for weights with zero points.</summary>
internal static partial class Kernels
{
    internal static void PointwiseS8PortableAsym(MnConv p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        unchecked
        {
            int step = p.Stride * p.InChannels;
            int x = row + x0 * step;
            output += x0 * p.OutChannels;
            for (; x0 + 2 <= x1; x0 += 2)
            {
                Pixels2S8(p, arena, x, x + step, p.InChannels, output, SumS8(arena, x, p.InChannels), SumS8(arena, x + step, p.InChannels));
                x += 2 * step;
                output += 2 * p.OutChannels;
            }
            if (x0 < x1)
            {
                Pixel1S8(p, arena, x, p.InChannels, output, SumS8(arena, x, p.InChannels));
            }
        }
    }
}
