using System;

/// <summary>
/// Sum, mean, product, least or largest over rows, columns or channels, in stored order. Accumulators: the bits of a value for each output;
/// output may lie anywhere.
/// </summary>
internal static partial class Kernels
{
    internal static void ReduceF32Portable(MnReduceF32 p, sbyte[] arena, int row, int output, int step, int[] accumulators, int state)
    {
        if (step == 0 || p.Steps == 1)
        {
            for (int i = 0; i < p.Outputs; i++)
                accumulators[state + i] = BitConverter.SingleToInt32Bits(
                    p.Function == 2 ? float.MaxValue
                    : p.Function == 3 ? float.MinValue
                    : p.Function == 4 ? 1.0f
                    : 0.0f
                );
        }
        for (int x = 0; x < p.Columns; x++)
        {
            int at = state + x * p.Column;
            for (int c = 0; c < p.Channels; c++, row += 4, at += p.Channel)
            {
                float value = BitConverter.Int32BitsToSingle(accumulators[at]),
                    next = LoadF32(arena, row);
                float reduced =
                    p.Function < 2 ? (float)(value + next)
                    : p.Function == 4 ? (float)(value * next)
                    : (p.Function == 2 ? next < value : next > value) ? next
                    : value;
                accumulators[at] = BitConverter.SingleToInt32Bits(reduced);
            }
        }
        if (p.Steps != 1 && step + 1 != p.Steps)
            return;
        for (int i = 0; i < p.Outputs; i++)
        {
            float value = BitConverter.Int32BitsToSingle(accumulators[state + i]);
            StoreF32(arena, output + 4 * i, Limit(p.Function == 1 ? (float)(value / (float)p.Count) : value, p.Low, p.High));
        }
    }
}
