/// <summary>Real values of quantised ones: (x - zero) * scale, in [low, high]. Output may not overlap the input.</summary>
internal static partial class Kernels
{
    internal static void RequantizeS8f32Portable(MnQuantize p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
        {
            float real = (float)((float)(arena[row + i] - p.Zero) * p.Scale);
            StoreSingle(arena, output + 4 * i, real < p.Low ? p.Low : real > p.High ? p.High : real);
        }
    }
}
