/// <summary>The kernel columns [begin, end) that lie inside of the input, when kernel column 0 lies on input column <c>first</c>.</summary>
internal static partial class Kernels
{
    internal static int PoolBegin(MnPool p, int first)
    {
        int begin = 0;
        while (begin < p.KernelWidth && first + begin * p.Dilation < 0)
            begin++;
        return begin;
    }

    internal static int PoolEnd(MnPool p, int first, int begin)
    {
        int end = p.KernelWidth;
        while (end > begin && first + (end - 1) * p.Dilation >= p.InWidth)
            end--;
        return end;
    }
}
