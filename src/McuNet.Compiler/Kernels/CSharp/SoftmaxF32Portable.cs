/// <summary>Softmax over the channels of a pixel: exp(x - largest) / sum, the exponentials added up in channel order. Output may be the
/// row.</summary>
internal static partial class Kernels
{
    internal static void SoftmaxF32Portable(MnSoftmaxF32 p, sbyte[] arena, int row, int output, int x0, int x1)
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
            {
                float exponential = MathExp((float)(LoadF32(arena, x + 4 * c) - largest));
                StoreF32(arena, y + 4 * c, exponential);
                sum = (float)(sum + exponential);
            }
            for (int c = 0; c < p.Channels; c++)
                StoreF32(arena, y + 4 * c, (float)(LoadF32(arena, y + 4 * c) / sum));
        }
    }
}
