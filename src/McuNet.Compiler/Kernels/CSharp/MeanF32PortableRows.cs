using System;

/// <summary>
/// Mean over rows, and over columns where columns > 1. Accumulators: the bits of channels sums from <c>state</c> on, set at step 0; the
/// last step writes the output, which may lie anywhere.
/// </summary>
internal static partial class Kernels
{
    internal static void MeanF32PortableRows(MnMeanF32 p, sbyte[] arena, int row, int output, int step, int[] accumulators, int state)
    {
        for (int c = 0; c < p.Channels; c++)
        {
            float sum = step == 0 ? 0.0f : BitConverter.Int32BitsToSingle(accumulators[state + c]);
            for (int x = 0; x < p.Columns; x++)
                sum = (float)(sum + LoadF32(arena, row + 4 * (x * p.Channels + c)));
            accumulators[state + c] = BitConverter.SingleToInt32Bits(sum);
            if (step + 1 == p.Steps)
                StoreF32(arena, output + 4 * c, Limit((float)(sum / (float)p.Count), p.Low, p.High));
        }
    }
}
