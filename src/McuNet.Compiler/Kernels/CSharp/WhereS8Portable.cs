/// <summary>Elements of rows[1] where rows[0] is not zero, else of rows[2], of one type: integers. Output may be an input that has its
/// shape.</summary>
internal static partial class Kernels
{
    internal static void WhereS8Portable(MnWhere p, sbyte[] arena, int[] rows, int output, int x0, int x1)
    {
        for (int x = x0; x < x1; x++)
        {
            for (int n = 0; n < p.Channels; n++)
            {
                bool first = arena[rows[0] + x * p.ColumnC + n * p.ChannelC] != p.Zero;
                int from = first ? rows[1] + x * p.ColumnA + n * p.ChannelA : rows[2] + x * p.ColumnB + n * p.ChannelB;
                arena[output + x * p.Channels + n] = arena[from];
            }
        }
    }
}
