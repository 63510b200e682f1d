/// <summary>The kernel columns [begin, end) that lie inside of the input, when kernel column 0 lies on input column <c>first</c>.</summary>
internal static partial class Kernels
{
    internal static int PoolBegin(int first, int kernelWidth, int dilation)
    {
        int begin = 0;
        while (begin < kernelWidth && first + begin * dilation < 0)
            begin++;
        return begin;
    }

    internal static int PoolEnd(int first, int begin, int kernelWidth, int dilation, int inWidth)
    {
        int end = kernelWidth;
        while (end > begin && first + (end - 1) * dilation >= inWidth)
            end--;
        return end;
    }
}
