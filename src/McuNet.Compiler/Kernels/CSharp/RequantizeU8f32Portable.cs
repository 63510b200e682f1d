/// <summary>Real values of quantised ones: (x - zero) * scale, in [low, high]. Output may not overlap the input.</summary>
internal static partial class Kernels
{
    internal static void RequantizeU8f32Portable(sbyte[] arena, int row, int output, int x0, int x1, float scale, float low, float high,
        int zero, int outMin, int outMax, int channels)
    {
        int end = x1 * channels;
        for (int i = x0 * channels; i < end; i++)
        {
            float real = (float)((float)((arena[row + i] & 0xff) - zero) * scale);
            StoreSingle(arena, output + 4 * i, real < low ? low : real > high ? high : real);
        }
    }
}
