/// <summary>A function of two real tensors. Output may be an input that has its shape.</summary>
internal static partial class Kernels
{
    internal static void ElementwiseF32Portable(MnElementwiseF32 p, sbyte[] arena, int rowA, int rowB, int output, int x0, int x1)
    {
        for (int x = x0; x < x1; x++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float a = LoadF32(arena, rowA + 4 * (x * p.ColumnA + c * p.ChannelA)),
                    b = LoadF32(arena, rowB + 4 * (x * p.ColumnB + c * p.ChannelB));
                StoreF32(arena, output + 4 * (x * p.Channels + c), Limit(ElementwiseOf(p.Function, a, b), p.Low, p.High));
            }
        }
    }
}
