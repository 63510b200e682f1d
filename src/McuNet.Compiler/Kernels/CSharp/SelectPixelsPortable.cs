using System;

/// <summary>Output column x is a copy of input column source[x], elements of any type. Output may not overlap the row.</summary>
internal static partial class Kernels
{
    internal static void SelectPixelsPortable(MnSelectPixels p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
            Array.Copy(arena, row + p.Source[x0] * p.Pixel, arena, output + x0 * p.Pixel, p.Pixel);
    }
}
