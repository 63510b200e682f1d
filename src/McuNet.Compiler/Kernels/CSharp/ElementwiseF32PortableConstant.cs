/// <summary>A function of a real tensor and a constant. Output may be the input where that has its shape.</summary>
internal static partial class Kernels
{
    internal static void ElementwiseF32PortableConstant(
        MnElementwiseConstantF32 p,
        sbyte[] arena,
        int row,
        int output,
        int x0,
        int x1,
        int step
    )
    {
        for (int x = x0; x < x1; x++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float a = LoadF32(arena, row + 4 * (x * p.ColumnA + c * p.ChannelA)),
                    b = p.Constant[step * p.Row + x * p.ColumnB + c * p.ChannelB];
                StoreF32(arena, output + 4 * (x * p.Channels + c), Limit(ElementwiseOf(p.Function, a, b), p.Low, p.High));
            }
        }
    }
}
