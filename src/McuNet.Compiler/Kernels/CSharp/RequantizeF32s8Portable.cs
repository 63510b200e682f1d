/// <summary>
/// Quantises float32 values: clamp(round_half_even(x / scale) + zero, OutMin, OutMax), where NaN counts as 0. Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void RequantizeF32s8Portable(MnQuantize p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int end = x1 * p.Channels;
        for (int i = x0 * p.Channels; i < end; i++)
        {
            int rounded = Round((float)(LoadSingle(arena, row + 4 * i) / p.Scale));
            arena[output + i] = unchecked((sbyte)Clamp(rounded + p.Zero, p.OutMin, p.OutMax));
        }
    }
}
