/// <summary>Product of two tensors of the same shape. Columns hold <c>channels</c> elements. Output may be either input.</summary>
internal static partial class Kernels
{
    internal static void MulS8Portable(sbyte[] arena, int a, int b, int output, int x0, int x1, float scale, int zeroA, int zeroB,
        int zero, int outMin, int outMax, int channels)
    {
        int end = x1 * channels;
        for (int i = x0 * channels; i < end; i++)
            arena[output + i] = Requantize((arena[a + i] - zeroA) * (arena[b + i] - zeroB), scale, zero, outMin, outMax);
    }
}
