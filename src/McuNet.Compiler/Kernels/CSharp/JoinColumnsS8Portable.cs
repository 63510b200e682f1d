using System;

/// <summary>One row of every input one behind the other. Output may not overlap the rows.</summary>
internal static partial class Kernels
{
    internal static void JoinColumnsS8Portable(MnJoinColumns p, sbyte[] arena, int[] rows, int output)
    {
        for (int i = 0; i < p.Inputs; i++)
        {
            int count = (int)p.Bytes[i];
            Array.Copy(arena, rows[i], arena, output, count);
            output += count;
        }
    }
}
