/// <summary>
/// Sum of two tensors in float32, rounded before the zero point:
/// clamp(round_half_even(((a - zeroA) * scaleA + (b - zeroB) * scaleB) / scale) + zero), every operation rounded on its own.
/// Columns hold <c>channels</c> elements. Output may be either input.
/// </summary>
internal static partial class Kernels
{
    internal static void AddS8PortableReal(sbyte[] arena, int a, int b, int output, int x0, int x1, float scaleA, float scaleB, float scale,
        int zeroA, int zeroB, int zero, int outMin, int outMax, int channels)
    {
        int end = x1 * channels;
        for (int i = x0 * channels; i < end; i++)
        {
            float realA = (float)((float)(arena[a + i] - zeroA) * scaleA);
            float realB = (float)((float)(arena[b + i] - zeroB) * scaleB);
            float steps = (float)((float)(realA + realB) / scale);
            arena[output + i] = (sbyte)(Clamp(Round(steps), outMin - zero, outMax - zero) + zero);
        }
    }
}
