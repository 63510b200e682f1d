/// <summary>Sum or mean over rows, columns or channels. Accumulators: a sum for each output from <c>state</c> on.</summary>
internal static partial class Kernels
{
    internal static void ReduceS8PortableSum(MnReduce p, sbyte[] arena, int row, int output, int step, int[] accumulators, int state)
    {
        ReduceBegin(p, step, accumulators, state);
        for (int x = 0; x < p.Columns; x++)
        {
            for (int c = 0; c < p.Channels; c++)
                accumulators[state + x * p.Column + c * p.Channel] += arena[row++];
        }
        for (int i = 0; i < p.Outputs && ReduceEnds(p, step); i++)
            arena[output + i] = Requantize(accumulators[state + i], p.Scale, p.OutZero, p.OutMin, p.OutMax);
    }
}
