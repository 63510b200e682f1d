using System;

/// <summary>The row of a table that a number chooses, elements of any type. Output may not overlap the table.</summary>
internal static partial class Kernels
{
    internal static void GatherPortable(MnGather p, sbyte[] arena, int table, int number, int output)
    {
        Array.Copy(arena, table + GatherRow(LoadF32(arena, number), p.Count) * p.Bytes, arena, output, p.Bytes);
    }
}
