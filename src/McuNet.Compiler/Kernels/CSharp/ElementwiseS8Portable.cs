/// <summary>A function of two tensors. Output may be an input that has its shape.</summary>
internal static partial class Kernels
{
    internal static void ElementwiseS8Portable(MnElementwise p, sbyte[] arena, int a, int b, int output, int x0, int x1)
    {
        b += x0 * p.ColumnB;
        a += x0 * p.ColumnA;
        output += x0 * p.Channels;
        for (; x0 < x1; x0++, a += p.ColumnA, b += p.ColumnB)
        {
            for (int c = 0; c < p.Channels; c++)
            {
                float realA = (float)((float)(arena[a + c * p.ChannelA] - p.ZeroA) * p.ScaleA);
                float realB = (float)((float)(arena[b + c * p.ChannelB] - p.ZeroB) * p.ScaleB);
                float steps = (float)(ElementwiseOf(p.Function, realA, realB) / p.Scale);
                arena[output++] = (sbyte)(Clamp(Round(steps), p.OutMin - p.Zero, p.OutMax - p.Zero) + p.Zero);
            }
        }
    }
}
