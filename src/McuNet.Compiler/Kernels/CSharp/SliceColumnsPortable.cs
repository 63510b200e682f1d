using System;

/// <summary>Columns [first + x0, first + x1) of an input row to columns [x0, x1) of the output row. Output may overlap the row.</summary>
internal static partial class Kernels
{
    internal static void SliceColumnsPortable(sbyte[] arena, int row, int output, int x0, int x1, int first, int pixel) =>
        Array.Copy(arena, row + (first + x0) * pixel, arena, output + x0 * pixel, (x1 - x0) * pixel);
}
