using System;

/// <summary>Copy of a row of <c>Count</c> bytes. Output may overlap the row.</summary>
internal static partial class Kernels
{
    internal static void CopyRowPortable(MnCopy p, sbyte[] arena, int row, int output) => Array.Copy(arena, row, arena, output, p.Count);
}
