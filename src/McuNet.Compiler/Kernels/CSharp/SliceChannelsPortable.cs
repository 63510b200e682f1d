using System;

/// <summary>Neighbouring channels of pixels [x0, x1), elements of any type. Output may overlap the row.</summary>
internal static partial class Kernels
{
    internal static void SliceChannelsPortable(MnSliceChannels p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
            Array.Copy(arena, row + x0 * p.Pixel + p.First, arena, output + x0 * p.Bytes, p.Bytes);
    }
}
