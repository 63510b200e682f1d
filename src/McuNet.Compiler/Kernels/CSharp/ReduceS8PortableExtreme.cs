/// <summary>Least or largest value over rows, columns or channels. Accumulators: one for each output from <c>state</c> on.</summary>
internal static partial class Kernels
{
    internal static void ReduceS8PortableExtreme(MnReduce p, sbyte[] arena, int row, int output, int step, int[] accumulators, int state)
    {
        ReduceBegin(p, step, accumulators, state);
        for (int x = 0; x < p.Columns; x++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                int at = state + x * p.Column + c * p.Channel,
                    value = arena[row++];
                if (p.Least != 0 ? value < accumulators[at] : value > accumulators[at])
                    accumulators[at] = value;
            }
        }
        for (int i = 0; i < p.Outputs && ReduceEnds(p, step); i++)
        {
            float steps = (float)((float)((float)(accumulators[state + i] - p.InZero) * p.Scale) / p.OutScale);
            arena[output + i] = (sbyte)(Clamp(Round(steps), p.OutMin - p.OutZero, p.OutMax - p.OutZero) + p.OutZero);
        }
    }
}
