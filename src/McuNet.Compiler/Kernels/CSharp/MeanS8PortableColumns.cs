/// <summary>Mean over the columns of one row. Output may lie on the row's first column.</summary>
internal static partial class Kernels
{
    internal static void MeanS8PortableColumns(MnMean p, sbyte[] arena, int row, int output)
    {
        for (int c = 0; c < p.Channels; c++)
        {
            int sum = p.Bias;
            for (int x = 0; x < p.Columns; x++)
                sum += arena[row + x * p.Channels + c];
            arena[output + c] = Requantize(sum, p.Scale, p.OutZero, p.OutMin, p.OutMax);
        }
    }
}
