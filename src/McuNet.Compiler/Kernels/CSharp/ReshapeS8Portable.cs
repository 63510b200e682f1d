using System;

/// <summary>Copy of a whole tensor of <c>count</c> elements. Output may overlap the input.</summary>
internal static partial class Kernels
{
    internal static void ReshapeS8Portable(sbyte[] arena, int input, int output, int count) => Array.Copy(arena, input, arena, output,
        count);
}
