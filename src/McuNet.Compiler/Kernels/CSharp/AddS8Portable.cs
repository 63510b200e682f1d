/// <summary>
/// Sum of two tensors by integers. The multipliers have been proved against the float rule for all 65,536 pairs of inputs; sums stay
/// below 2^31. Columns hold <c>Channels</c> elements. Output may be either input.
/// </summary>
internal static partial class Kernels
{
    internal static void AddS8Portable(MnAdd p, sbyte[] arena, int a, int b, int output, int x0, int x1)
    {
        unchecked
        {
            int end = x1 * p.Channels;
            for (int i = x0 * p.Channels; i < end; i++)
            {
                int sum = arena[a + i] * p.MultiplierA + arena[b + i] * p.MultiplierB + p.Offset;
                arena[output + i] = (sbyte)Clamp(sum >> p.Shift, p.OutMin, p.OutMax);
            }
        }
    }
}
