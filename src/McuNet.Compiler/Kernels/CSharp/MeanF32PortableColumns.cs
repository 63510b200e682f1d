/// <summary>Mean over the columns of one row. Output may lie on the row's first column.</summary>
internal static partial class Kernels
{
    internal static void MeanF32PortableColumns(MnMeanF32 p, sbyte[] arena, int row, int output)
    {
        for (int c = 0; c < p.Channels; c++)
        {
            float sum = 0.0f;
            for (int x = 0; x < p.Columns; x++)
                sum = (float)(sum + LoadF32(arena, row + 4 * (x * p.Channels + c)));
            StoreF32(arena, output + 4 * c, Limit((float)(sum / (float)p.Count), p.Low, p.High));
        }
    }
}
