/// <summary>
/// Sum of two tensors in float32: clamp(round_half_even(a * ratioA + (b * ratioB + constant))), every operation rounded on its own.
/// Columns hold <c>Channels</c> elements. Output may be either input.
/// </summary>
internal static partial class Kernels
{
    internal static void AddS8PortableFloat(MnAddFloat p, sbyte[] arena, int a, int b, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
        {
            float partB = (float)((float)arena[b + i] * p.RatioB);
            float sumB = (float)(partB + p.Constant);
            float partA = (float)((float)arena[a + i] * p.RatioA);
            arena[output + i] = (sbyte)Clamp(Round((float)(partA + sumB)), p.OutMin, p.OutMax);
        }
    }
}
