/// <summary>
/// Sum of two tensors in float32: clamp(round_half_even(a * ratioA + (b * ratioB + constant))), every operation rounded on its own.
/// Columns hold <c>channels</c> elements. Output may be either input.
/// </summary>
internal static partial class Kernels
{
    internal static void AddS8PortableFloat(sbyte[] arena, int a, int b, int output, int x0, int x1, float ratioA, float ratioB,
        float constant, int outMin, int outMax, int channels)
    {
        int end = x1 * channels;
        for (int i = x0 * channels; i < end; i++)
        {
            float partB = (float)((float)arena[b + i] * ratioB);
            float sumB = (float)(partB + constant);
            float partA = (float)((float)arena[a + i] * ratioA);
            arena[output + i] = (sbyte)Clamp(Round((float)(partA + sumB)), outMin, outMax);
        }
    }
}
