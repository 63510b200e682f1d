/// <summary>A function of a tensor and a constant of float32. Output may be the input where that has its shape.</summary>
internal static partial class Kernels
{
    internal static void ElementwiseS8PortableReal(MnElementwiseReal p, sbyte[] arena, int a, int output, int x0, int x1, int step)
    {
        int b = step * p.Row + x0 * p.ColumnB;
        a += x0 * p.ColumnA;
        output += x0 * p.Channels;
        for (; x0 < x1; x0++, a += p.ColumnA, b += p.ColumnB)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float realA = (float)((float)(arena[a + c * p.ChannelA] - p.ZeroA) * p.ScaleA);
                float realB = p.Constant[b + c * p.ChannelB];
                float steps = (float)(ElementwiseOf(p.Function, realA, realB) / p.Scale);
                arena[output++] = (sbyte)(Clamp(Round(steps), p.OutMin - p.Zero, p.OutMax - p.Zero) + p.Zero);
            }
        }
    }
}
