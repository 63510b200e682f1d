/// <summary>
/// Sum of two tensors in float32, rounded before the zero point:
/// clamp(round_half_even(((a - zeroA) * scaleA + (b - zeroB) * scaleB) / scale) + zero), every operation rounded on its own.
/// Columns hold <c>Channels</c> elements. Output may be either input.
/// </summary>
internal static partial class Kernels
{
    internal static void AddS8PortableReal(MnAddReal p, sbyte[] arena, int a, int b, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
        {
            float realA = (float)((float)(arena[a + i] - p.ZeroA) * p.ScaleA);
            float realB = (float)((float)(arena[b + i] - p.ZeroB) * p.ScaleB);
            float steps = (float)((float)(realA + realB) / p.Scale);
            arena[output + i] = (sbyte)(Clamp(Round(steps), p.OutMin - p.Zero, p.OutMax - p.Zero) + p.Zero);
        }
    }
}
