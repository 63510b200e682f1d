using System;

/// <summary>Columns [first + x0, first + x1) of an input row to columns [x0, x1) of the output row. Output may overlap the row.</summary>
internal static partial class Kernels
{
    internal static void SliceColumnsPortable(MnSliceColumns p, sbyte[] arena, int row, int output, int x0, int x1) =>
        Array.Copy(arena, row + (p.First + x0) * p.Pixel, arena, output + x0 * p.Pixel, (x1 - x0) * p.Pixel);
}
