using System;

/// <summary>A row between margins, elements of any type; -1 is a row of nothing but the fill. Output may not overlap the row.</summary>
internal static partial class Kernels
{
    internal static void PadPortable(MnPad p, sbyte[] arena, int row, int output)
    {
        if (row < 0)
        {
            PadFill(p, arena, output, p.Left + p.Pixels * (p.Front + p.Pixel + p.Back) + p.Right);
            return;
        }
        int to = PadFill(p, arena, output, p.Left);
        for (int x = 0; x < p.Pixels; x++)
        {
            to = PadFill(p, arena, to, p.Front);
            Array.Copy(arena, row + x * p.Pixel, arena, to, p.Pixel);
            to = PadFill(p, arena, to + p.Pixel, p.Back);
        }
        PadFill(p, arena, to, p.Right);
    }

    private static int PadFill(MnPad p, sbyte[] arena, int to, int bytes)
    {
        for (int i = 0; i < bytes; i++)
            arena[to + i] = unchecked((sbyte)(p.Fill >> 8 * (i % p.Size)));
        return to + bytes;
    }
}
