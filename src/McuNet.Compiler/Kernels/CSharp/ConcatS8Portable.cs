using System;

/// <summary>
/// The channels of one row of every input one behind the other. Input i is copied where numbers[i] is 0, else mapped by the table that
/// begins at 256 * (numbers[i] - 1). Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void ConcatS8Portable(MnConcat p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        output += x0 * p.Channels;
        for (int i = 0; i < p.Inputs; i++)
        {
            int depth = p.Depths[i];
            int from = rows[i] + x0 * depth;
            int to = output;
            int table = 256 * (p.Numbers[i] - 1);
            for (int x = x0; x < x1; x++)
            {
                if (table < 0)
                    Array.Copy(arena, from, arena, to, depth);
                else
                    for (int c = 0; c < depth; c++)
                        arena[to + c] = p.Tables[table + (arena[from + c] & 0xff)];
                from += depth;
                to += p.Channels;
            }
            output += depth;
        }
    }
}
