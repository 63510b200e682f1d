using System;

/// <summary>One row of every input one behind the other. Output may not overlap the rows.</summary>
internal static partial class Kernels
{
    internal static void JoinColumnsS8Portable(sbyte[] arena, int[] rows, int output, ReadOnlySpan<uint> bytes, int inputs)
    {
        for (int i = 0; i < inputs; i++)
        {
            int count = (int)bytes[i];
            Array.Copy(arena, rows[i], arena, output, count);
            output += count;
        }
    }
}
