/// <summary>
/// Quantises float32 values: clamp(round_half_even(x / scale) + zero, outMin, outMax), where NaN counts as 0. Output may not overlap the input.
/// </summary>
internal static partial class Kernels
{
    internal static void RequantizeF32u8Portable(sbyte[] arena, int row, int output, int x0, int x1, float scale, float low, float high,
        int zero, int outMin, int outMax, int channels)
    {
        int end = x1 * channels;
        for (int i = x0 * channels; i < end; i++)
        {
            int rounded = Round((float)(LoadSingle(arena, row + 4 * i) / scale));
            arena[output + i] = unchecked((sbyte)Clamp(rounded + zero, outMin, outMax));
        }
    }
}
