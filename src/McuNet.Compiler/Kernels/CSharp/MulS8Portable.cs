/// <summary>Product of two tensors of the same shape. Columns hold <c>Channels</c> elements. Output may be either input.</summary>
internal static partial class Kernels
{
    internal static void MulS8Portable(MnMul p, sbyte[] arena, int a, int b, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
            arena[output + i] = Requantize((arena[a + i] - p.ZeroA) * (arena[b + i] - p.ZeroB), p.Scale, p.Zero, p.OutMin, p.OutMax);
    }
}
