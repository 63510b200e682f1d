using System;

/// <summary>
/// Softmax by integers over the channels of a pixel: (table[255 + x - largest] * steps + sum / 2) / sum + outZero, truncated, at most
/// highest. Output may be the row.
/// </summary>
internal static partial class Kernels
{
    internal static void SoftmaxS8Portable(sbyte[] arena, int row, int output, int x0, int x1, ReadOnlySpan<uint> table, int steps,
        int channels, int outZero, int highest)
    {
        unchecked
        {
            for (; x0 < x1; x0++)
            {
                int x = row + x0 * channels, y = output + x0 * channels;
                int largest = -128;
                for (int c = 0; c < channels; c++)
                    largest = arena[x + c] > largest ? arena[x + c] : largest;
                int first = 255 - largest;
                uint sum = 0;
                for (int c = 0; c < channels; c++)
                    sum += table[first + arena[x + c]];
                for (int c = 0; c < channels; c++)
                {
                    ulong share = (ulong)table[first + arena[x + c]] * (uint)steps + sum / 2;
                    int value = (int)(uint)(share / sum) + outZero;
                    arena[y + c] = (sbyte)(value < highest ? value : highest);
                }
            }
        }
    }
}
