/// <summary>Row buffers: row y of a tensor lies in slot y mod slots. Offsets count arena bytes; a padding row has the offset -1.</summary>
internal static partial class Kernels
{
    internal static int Row(int start, int row, int slots, int rowBytes) => start + (row < slots ? row : row % slots) * rowBytes;

    /// <summary>Offsets of the rows first, first + dilation, ... of a window, into the first words of <paramref name="rows"/>.</summary>
    internal static void Window(int[] rows, int kernel, int start, int first, int dilation, int height, int slots, int rowBytes)
    {
        for (int i = 0; i < kernel; i++, first += dilation)
            rows[i] = first >= 0 && first < height ? Row(start, first, slots, rowBytes) : -1;
    }
}
