/// <summary>
/// Product of a tensor and one value per channel. Columns hold <c>Channels</c> elements. Output may be a, and may not overlap b.
/// </summary>
internal static partial class Kernels
{
    internal static void MulS8PortableChannels(MnMul p, sbyte[] arena, int a, int b, int output, int x0, int x1)
    {
        int i = x0 * p.Channels;
        for (; x0 < x1; x0++)
        {
            for (int c = 0; c < p.Channels; c++, i++)
                arena[output + i] = Requantize((arena[a + i] - p.ZeroA) * (arena[b + c] - p.ZeroB), p.Scale, p.Zero, p.OutMin, p.OutMax);
        }
    }
}
