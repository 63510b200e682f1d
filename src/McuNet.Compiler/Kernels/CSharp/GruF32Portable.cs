using System;

/// <summary>
/// Gated recurrent unit, gates in the order update, reset, candidate. State: hidden values, and behind them those as far as they are reset; scratch: the
/// values of all gates. Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void GruF32Portable(MnRecurrent p, sbyte[] arena, int row, int output, int step, int scratch, int[] accumulators, int state)
    {
        int n = p.Hidden, reset = state + n;
        for (int t = 0; t < p.Rows; t++)
        {
            int at = p.Reverse != 0 ? p.Rows - 1 - t : t, x = row + 12 * at * n;
            if (step + t == 0)
                RecurrentBegin(p, accumulators, state, n);
            for (int v = 0; v < 2 * n; v++)
                StoreF32(arena, scratch + 4 * v, RecurrentProducts(p, LoadF32(arena, x + 4 * v), accumulators, state, v, 3 * n));
            for (int j = 0; j < n; j++)
            {
                float opened = RecurrentFunction(p, p.Gate, LoadF32(arena, scratch + 4 * (n + j)));
                StoreF32(arena, scratch + 4 * (n + j), opened);
                accumulators[reset + j] = BitConverter.SingleToInt32Bits((float)(opened * BitConverter.Int32BitsToSingle(accumulators[state + j])));
            }
            for (int v = 2 * n; v < 3 * n; v++)
            {
                float start = LoadF32(arena, x + 4 * v);
                float value = (p.Variant & 2) != 0
                    ? MathTimesPlus(LoadF32(arena, scratch + 4 * (v - n)), RecurrentProducts(p, p.Extra[v - 2 * n], accumulators, state, v, 3 * n), start)
                    : RecurrentProducts(p, start, accumulators, reset, v, 3 * n);
                StoreF32(arena, scratch + 4 * v, value);
            }
            for (int j = 0; j < n; j++)
            {
                float update = RecurrentFunction(p, p.Gate, LoadF32(arena, scratch + 4 * j));
                float candidate = RecurrentFunction(p, p.Cell, LoadF32(arena, scratch + 4 * (2 * n + j)));
                float fresh = (float)((float)(1.0f - update) * candidate);
                accumulators[state + j] = BitConverter.SingleToInt32Bits((float)(fresh + (float)(update * BitConverter.Int32BitsToSingle(accumulators[state + j]))));
            }
            RecurrentEnd(p, arena, output, at, step + t, accumulators, state);
        }
    }
}
