/// <summary>The columns [begin, end) of a kernel that lie inside a row of <c>width</c>, where its first one lies at <c>first</c>.</summary>
internal static partial class Kernels
{
    internal static int ColumnsBegin(int first, int kernel, int dilation)
    {
        int begin = 0;
        while (begin < kernel && first + begin * dilation < 0)
            begin++;
        return begin;
    }

    internal static int ColumnsEnd(int first, int kernel, int dilation, int width, int begin)
    {
        int end = kernel;
        while (end > begin && first + (end - 1) * dilation >= width)
            end--;
        return end;
    }
}
