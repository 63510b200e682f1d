/// <summary>A comparison of a tensor and a constant. Output may be the input where that has its shape.</summary>
internal static partial class Kernels
{
    internal static void CompareS8PortableConstant(MnCompareConstant p, sbyte[] arena, int rowA, int output, int x0, int x1, int step)
    {
        for (int x = x0; x < x1; x++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float a = (float)((float)(arena[rowA + x * p.ColumnA + c * p.ChannelA] - p.ZeroA) * p.ScaleA);
                float b = p.Constant[step * p.Row + x * p.ColumnB + c * p.ChannelB];
                arena[output + x * p.Channels + c] = (sbyte)(CompareOf(p.Function, a, b) ? p.Yes : p.No);
            }
        }
    }
}
