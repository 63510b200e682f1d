/// <summary>
/// Linear resize, row <c>step</c> of the output. The input has <c>slots</c> rows, row r in slot r mod slots; a row or column of no weight
/// is not read. Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void ResizeLinearS8Portable(MnResizeLinear p, sbyte[] arena, int input, int slots, int output, int x0, int x1, int step)
    {
        int below = p.RowWeights[step],
            above = p.RowUnits - below,
            first = p.Rows[step];
        int top = input + first % slots * p.RowBytes,
            bottom = input + (below == 0 ? first : first + 1) % slots * p.RowBytes;
        output += x0 * p.Channels;
        for (; x0 < x1; x0++)
        {
            int right = p.ColumnWeights[x0],
                left = p.ColumnUnits - right,
                at = p.Columns[x0] * p.Channels,
                beside = right == 0 ? 0 : p.Channels;
            for (int c = 0; c < p.Channels; c++, at++)
            {
                int sum =
                    p.Bias
                    + above * (left * arena[top + at] + right * arena[top + at + beside])
                    + below * (left * arena[bottom + at] + right * arena[bottom + at + beside]);
                arena[output++] = Requantize(sum, p.Scale, p.OutZero, p.OutMin, p.OutMax);
            }
        }
    }
}
