/// <summary>Elements of rows[1] where rows[0] is not zero, else of rows[2], of one type: real numbers. Output may be an input that has its
/// shape.</summary>
internal static partial class Kernels
{
    internal static void WhereF32Portable(MnWhere p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        for (int x = x0; x < x1; x++)
        {
            for (int n = 0; n < p.Channels; n++)
            {
                bool first = LoadF32(arena, rows[0] + 4 * (x * p.ColumnC + n * p.ChannelC)) != 0.0f;
                int from = first ? rows[1] + 4 * (x * p.ColumnA + n * p.ChannelA) : rows[2] + 4 * (x * p.ColumnB + n * p.ChannelB);
                StoreF32(arena, output + 4 * (x * p.Channels + n), LoadF32(arena, from));
            }
        }
    }
}
