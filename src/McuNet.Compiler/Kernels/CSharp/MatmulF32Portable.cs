/// <summary>Product of two real activations, row <c>step</c> of the result, terms in order. Output may not overlap the operands.</summary>
internal static partial class Kernels
{
    internal static void MatmulF32Portable(MnMatmulF32 p, sbyte[] arena, int rowA, int rowB, int output, int x0, int x1, int step)
    {
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                int x = rowA + 4 * (step * p.RowA + x0 * p.ColumnA + c * p.ChannelA),
                    y = rowB + 4 * (step * p.RowB + x0 * p.ColumnB + c * p.ChannelB);
                float sum = 0.0f;
                for (int n = p.Inner; n > 0; n--, x += 4 * p.InnerA, y += 4 * p.InnerB)
                    sum = (float)(sum + (float)(LoadF32(arena, x) * LoadF32(arena, y)));
                StoreF32(arena, output + 4 * (x0 * p.Channels + c), Limit(sum, p.Low, p.High));
            }
        }
    }
}
