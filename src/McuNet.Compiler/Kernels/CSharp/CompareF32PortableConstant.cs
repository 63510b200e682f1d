/// <summary>A comparison of a real tensor and a constant. Output may be the input where that has its shape.</summary>
internal static partial class Kernels
{
    internal static void CompareF32PortableConstant(MnCompareConstantF32 p, sbyte[] arena, int rowA, int output, int x0, int x1, int step)
    {
        for (int x = x0; x < x1; x++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float a = LoadF32(arena, rowA + 4 * (x * p.ColumnA + c * p.ChannelA));
                float b = p.Constant[step * p.Row + x * p.ColumnB + c * p.ChannelB];
                StoreF32(arena, output + 4 * (x * p.Channels + c), CompareOf(p.Function, a, b) ? p.Yes : p.No);
            }
        }
    }
}
