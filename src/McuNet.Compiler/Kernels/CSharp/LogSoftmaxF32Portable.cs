/// <summary>
/// Logarithm of softmax over the channels of a pixel: (x - largest) - log(sum of exp(x - largest)), added up in channel order. Output may
/// be the row.
/// </summary>
internal static partial class Kernels
{
    internal static void LogSoftmaxF32Portable(MnSoftmaxF32 p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            int x = row + 4 * x0 * p.Channels,
                y = output + 4 * x0 * p.Channels;
            float largest = LoadF32(arena, x),
                sum = 0.0f;
            for (int c = 1; c < p.Channels; c++)
                largest = LoadF32(arena, x + 4 * c) > largest ? LoadF32(arena, x + 4 * c) : largest;
            for (int c = 0; c < p.Channels; c++)
                sum = (float)(sum + MathExp((float)(LoadF32(arena, x + 4 * c) - largest)));
            float logarithm = MathLog(sum);
            for (int c = 0; c < p.Channels; c++)
                StoreF32(arena, y + 4 * c, (float)((float)(LoadF32(arena, x + 4 * c) - largest) - logarithm));
        }
    }
}
