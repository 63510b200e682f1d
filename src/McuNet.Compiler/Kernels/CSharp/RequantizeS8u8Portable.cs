using System;

/// <summary>
/// Change of quantisation by table: table[bits of the input] is the output's byte. Columns hold <c>channels</c> elements.
/// Output may be the input.
/// </summary>
internal static partial class Kernels
{
    internal static void RequantizeS8u8Portable(sbyte[] arena, int row, int output, int x0, int x1, ReadOnlySpan<sbyte> table,
        int channels)
    {
        int end = x1 * channels;
        for (int i = x0 * channels; i < end; i++)
            arena[output + i] = table[arena[row + i] & 0xff];
    }
}
