/// <summary>A comparison of two tensors. Output may be an input that has its shape.</summary>
internal static partial class Kernels
{
    internal static void CompareS8Portable(MnCompare p, sbyte[] arena, int rowA, int rowB, int output, int x0, int x1)
    {
        for (int x = x0; x < x1; x++)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float a = (float)((float)(arena[rowA + x * p.ColumnA + c * p.ChannelA] - p.ZeroA) * p.ScaleA);
                float b = (float)((float)(arena[rowB + x * p.ColumnB + c * p.ChannelB] - p.ZeroB) * p.ScaleB);
                arena[output + x * p.Channels + c] = (sbyte)(CompareOf(p.Function, a, b) ? p.Yes : p.No);
            }
        }
    }
}
