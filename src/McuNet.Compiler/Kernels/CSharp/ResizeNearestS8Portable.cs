using System;

/// <summary>Output column x is a copy of input column source[x]. Output may not overlap the row.</summary>
internal static partial class Kernels
{
    internal static void ResizeNearestS8Portable(sbyte[] arena, int row, int output, int x0, int x1, ReadOnlySpan<ushort> source,
        int channels)
    {
        for (; x0 < x1; x0++)
            Array.Copy(arena, row + source[x0] * channels, arena, output + x0 * channels, channels);
    }
}
