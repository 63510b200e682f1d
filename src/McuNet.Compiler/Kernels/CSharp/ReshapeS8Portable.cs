using System;

/// <summary>Copy of a whole tensor of <c>Count</c> elements. Output may overlap the input.</summary>
internal static partial class Kernels
{
    internal static void ReshapeS8Portable(MnCopy p, sbyte[] arena, int input, int output) => Array.Copy(arena, input, arena, output,
        p.Count);
}
