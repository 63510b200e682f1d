using System;

/// <summary>The row of a constant table that a number chooses, elements of any type.</summary>
internal static partial class Kernels
{
    internal static void GatherPortableConstant(MnGatherConstant p, sbyte[] arena, int number, int output)
    {
        Array.Copy(p.Table, GatherRow(LoadF32(arena, number), p.Count) * p.Bytes, arena, output, p.Bytes);
    }
}
