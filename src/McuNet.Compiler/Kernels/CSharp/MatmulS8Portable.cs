/// <summary>Product of two activations, row <c>step</c> of the result: sum (a - ZeroA) * (b - ZeroB). Output may not overlap the
/// operands.</summary>
internal static partial class Kernels
{
    internal static void MatmulS8Portable(MnMatmul p, sbyte[] arena, int a, int b, int output, int x0, int x1, int step)
    {
        output += x0 * p.Channels;
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                int from = a + step * p.RowA + x0 * p.ColumnA + c * p.ChannelA,
                    with = b + step * p.RowB + x0 * p.ColumnB + c * p.ChannelB;
                int acc = 0;
                for (int n = 0; n < p.Inner; n++, from += p.InnerA, with += p.InnerB)
                    acc += (arena[from] - p.ZeroA) * (arena[with] - p.ZeroB);
                arena[output++] = Requantize(acc, p.Scale, p.OutZero, p.OutMin, p.OutMax);
            }
        }
    }
}
