using System;

/// <summary>
/// Long short-term memory, gates in the order input, output, forget, cell. State: hidden values and cells; scratch: the values of all gates.
/// Output may not overlap the rows.
/// </summary>
internal static partial class Kernels
{
    internal static void LstmF32Portable(MnRecurrent p, sbyte[] arena, int row, int output, int step, int scratch, int[] accumulators, int state)
    {
        int n = p.Hidden, cells = state + n;
        for (int t = 0; t < p.Rows; t++)
        {
            int at = p.Reverse != 0 ? p.Rows - 1 - t : t, x = row + 16 * at * n;
            if (step + t == 0)
                RecurrentBegin(p, accumulators, state, 2 * n);
            for (int v = 0; v < 4 * n; v++)
                StoreF32(arena, scratch + 4 * v, RecurrentProducts(p, LoadF32(arena, x + 4 * v), accumulators, state, v, 4 * n));
            for (int j = 0; j < n; j++)
            {
                int z = scratch + 4 * j;
                float past = BitConverter.Int32BitsToSingle(accumulators[cells + j]);
                float input = RecurrentFunction(p, p.Gate, MathTimesPlus(p.Extra[j], past, LoadF32(arena, z)));
                float forget = (p.Variant & 1) != 0 ? (float)(1.0f - input) : RecurrentFunction(p, p.Gate, MathTimesPlus(p.Extra[2 * n + j], past, LoadF32(arena, z + 8 * n)));
                float candidate = RecurrentFunction(p, p.Cell, LoadF32(arena, z + 12 * n));
                float cell = Limit((float)((float)(forget * past) + (float)(input * candidate)), -p.Limit, p.Limit);
                float opened = RecurrentFunction(p, p.Gate, MathTimesPlus(p.Extra[n + j], cell, LoadF32(arena, z + 4 * n)));
                float result = RecurrentFunction(p, p.Result, cell);
                accumulators[cells + j] = BitConverter.SingleToInt32Bits(cell);
                accumulators[state + j] = BitConverter.SingleToInt32Bits((float)(opened * result));
            }
            RecurrentEnd(p, arena, output, at, step + t, accumulators, (p.Variant & 4) != 0 ? cells : state);
        }
    }
}
