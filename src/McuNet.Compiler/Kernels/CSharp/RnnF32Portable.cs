using System;

/// <summary>Simple recurrent layer. State: hidden values; scratch: the next ones. Output may not overlap the rows.</summary>
internal static partial class Kernels
{
    internal static void RnnF32Portable(MnRecurrent p, sbyte[] arena, int row, int output, int step, int scratch, int[] accumulators, int state)
    {
        int n = p.Hidden;
        for (int t = 0; t < p.Rows; t++)
        {
            int at = p.Reverse != 0 ? p.Rows - 1 - t : t, x = row + 4 * at * n;
            if (step + t == 0)
                RecurrentBegin(p, accumulators, state, n);
            for (int v = 0; v < n; v++)
                StoreF32(arena, scratch + 4 * v, RecurrentProducts(p, LoadF32(arena, x + 4 * v), accumulators, state, v, n));
            for (int j = 0; j < n; j++)
                accumulators[state + j] = BitConverter.SingleToInt32Bits(RecurrentFunction(p, p.Gate, LoadF32(arena, scratch + 4 * j)));
            RecurrentEnd(p, arena, output, at, step + t, accumulators, state);
        }
    }
}
