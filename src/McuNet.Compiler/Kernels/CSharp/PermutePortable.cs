using System;

/// <summary>
/// The elements of step <c>step</c> in another order, of any type. The input has <c>slots</c> rows, row y in slot y mod slots; output may
/// not overlap it.
/// </summary>
internal static partial class Kernels
{
    internal static void PermutePortable(MnPermute p, sbyte[] arena, int input, int slots, int output, int step)
    {
        for (int r = 0; r < p.Rows; r++)
        {
            int row = input + (step / p.Phases * p.Rows + r) % slots * p.RowBytes + (int)p.Starts[step % p.Phases];
            PermuteLoop(p, arena, row, output + (int)p.Places[r], 0);
        }
    }

    private static void PermuteLoop(MnPermute p, sbyte[] arena, int from, int to, int depth)
    {
        int count = (int)p.Loops[3 * depth],
            on = (int)p.Loops[3 * depth + 1],
            further = (int)p.Loops[3 * depth + 2];
        for (; count > 0; count--, from += on, to += further)
        {
            if (depth + 1 < p.Depth)
                PermuteLoop(p, arena, from, to, depth + 1);
            else if (p.Run == 1)
                arena[to] = arena[from];
            else
                Array.Copy(arena, from, arena, to, p.Run);
        }
    }
}
