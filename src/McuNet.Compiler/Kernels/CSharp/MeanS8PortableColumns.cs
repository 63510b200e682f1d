/// <summary>Mean over the columns of one row. Output may lie on the row's first column.</summary>
internal static partial class Kernels
{
    internal static void MeanS8PortableColumns(sbyte[] arena, int row, int output, float scale, int bias, int channels, int columns,
        int steps, int outZero, int outMin, int outMax)
    {
        for (int c = 0; c < channels; c++)
        {
            int sum = bias;
            for (int x = 0; x < columns; x++)
                sum += arena[row + x * channels + c];
            arena[output + c] = Requantize(sum, scale, outZero, outMin, outMax);
        }
    }
}
