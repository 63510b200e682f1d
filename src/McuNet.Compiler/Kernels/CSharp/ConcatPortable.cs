using System;

/// <summary>The channels of one row of every input one behind the other, elements of any type. Output may not overlap the rows.</summary>
internal static partial class Kernels
{
    internal static void ConcatPortable(MnConcatBytes p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        for (int i = 0; i < p.Inputs; i++)
        {
            int depth = (int)p.Depths[i];
            for (int x = x0; x < x1; x++)
                Array.Copy(arena, rows[i] + x * depth, arena, output + x * p.Pixel, depth);
            output += depth;
        }
    }
}
