using System;

/// <summary>Rows, or whole tensors, one behind the other, elements of any type. Output may not overlap them.</summary>
internal static partial class Kernels
{
    internal static void JoinPortable(MnJoin p, sbyte[] arena, int[] rows, int output)
    {
        for (int i = 0; i < p.Inputs; i++)
        {
            int count = (int)p.Bytes[i];
            Array.Copy(arena, rows[i], arena, output, count);
            output += count;
        }
    }
}
