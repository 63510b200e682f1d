/// <summary>
/// Mean over rows, and over columns where columns > 1. Accumulators: channels sums from <c>state</c> on, set at step 0; the last step
/// writes the output, which may lie anywhere.
/// </summary>
internal static partial class Kernels
{
    internal static void MeanS8PortableRows(MnMean p, sbyte[] arena, int row, int output, int step, int[] accumulators, int state)
    {
        if (step == 0)
        {
            for (int c = 0; c < p.Channels; c++)
                accumulators[state + c] = p.Bias;
        }
        for (int x = 0; x < p.Columns; x++)
        {
            for (int c = 0; c < p.Channels; c++)
                accumulators[state + c] += arena[row++];
        }
        if (step + 1 == p.Steps)
        {
            for (int c = 0; c < p.Channels; c++)
                arena[output + c] = Requantize(accumulators[state + c], p.Scale, p.OutZero, p.OutMin, p.OutMax);
        }
    }
}
