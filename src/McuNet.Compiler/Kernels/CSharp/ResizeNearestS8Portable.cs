using System;

/// <summary>Output column x is a copy of input column source[x]. Output may not overlap the row.</summary>
internal static partial class Kernels
{
    internal static void ResizeNearestS8Portable(MnResize p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
            Array.Copy(arena, row + p.Source[x0] * p.Channels, arena, output + x0 * p.Channels, p.Channels);
    }
}
