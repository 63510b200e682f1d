/// <summary>
/// Product of a tensor and one value per channel. Columns hold <c>channels</c> elements. Output may be a, and may not overlap b.
/// </summary>
internal static partial class Kernels
{
    internal static void MulS8PortableChannels(sbyte[] arena, int a, int b, int output, int x0, int x1, float scale, int zeroA, int zeroB,
        int zero, int outMin, int outMax, int channels)
    {
        int i = x0 * channels;
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < channels; c++, i++)
                arena[output + i] = Requantize((arena[a + i] - zeroA) * (arena[b + c] - zeroB), scale, zero, outMin, outMax);
        }
    }
}
