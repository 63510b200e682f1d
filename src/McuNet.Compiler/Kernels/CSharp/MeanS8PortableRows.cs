/// <summary>
/// Mean over rows, and over columns where columns > 1. Accumulators: channels sums from <c>state</c> on, set at step 0; the last step
/// writes the output, which may lie anywhere.
/// </summary>
internal static partial class Kernels
{
    internal static void MeanS8PortableRows(sbyte[] arena, int row, int output, int step, int[] accumulators, int state, float scale,
        int bias, int channels, int columns, int steps, int outZero, int outMin, int outMax)
    {
        if (step == 0)
        {
            for (int c = 0; c < channels; c++)
                accumulators[state + c] = bias;
        }
        for (int x = 0; x < columns; x++)
        {
            for (int c = 0; c < channels; c++)
                accumulators[state + c] += arena[row++];
        }
        if (step + 1 == steps)
        {
            for (int c = 0; c < channels; c++)
                arena[output + c] = Requantize(accumulators[state + c], scale, outZero, outMin, outMax);
        }
    }
}
