/// <summary>
/// Weighted sums, row <c>step</c> of the output, columns before rows. Row r of the input lies in slot r mod slots. Output may not overlap
/// the input.
/// </summary>
internal static partial class Kernels
{
    internal static void ResampleF32Portable(MnResampleF32 p, sbyte[] arena, int input, int slots, int output, int x0, int x1, int step)
    {
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float sum = 0.0f;
                for (int row = 0; row < p.RowTaps; row++)
                {
                    int from = input + 4 * (((p.Rows[step] + row) % slots) * p.Row + p.Columns[x0] * p.Channels + c);
                    float between = 0.0f;
                    for (int column = 0; column < p.ColumnTaps; column++, from += 4 * p.Channels)
                        between = (float)(between + (float)(LoadF32(arena, from) * p.ColumnWeights[x0 * p.ColumnTaps + column]));
                    sum = (float)(sum + (float)(between * p.RowWeights[step * p.RowTaps + row]));
                }
                StoreF32(arena, output + 4 * (x0 * p.Channels + c), Limit(sum, p.Low, p.High));
            }
        }
    }
}
