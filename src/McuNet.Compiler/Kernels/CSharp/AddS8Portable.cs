/// <summary>
/// Sum of two tensors by integers. The multipliers have been proved against the float rule for all 65,536 pairs of inputs; sums stay
/// below 2^31. Columns hold <c>channels</c> elements. Output may be either input.
/// </summary>
internal static partial class Kernels
{
    internal static void AddS8Portable(sbyte[] arena, int a, int b, int output, int x0, int x1, int multiplierA, int multiplierB,
        int offset, int shift, int outMin, int outMax, int channels)
    {
        unchecked
        {
            int end = x1 * channels;
            for (int i = x0 * channels; i < end; i++)
            {
                int sum = arena[a + i] * multiplierA + arena[b + i] * multiplierB + offset;
                arena[output + i] = (sbyte)Clamp(sum >> shift, outMin, outMax);
            }
        }
    }
}
