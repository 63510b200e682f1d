/// <summary>
/// Softmax by integers over the channels of a pixel: (table[255 + x - largest] * steps + sum / 2) / sum + OutZero, truncated, at most
/// highest. Output may be the row.
/// </summary>
internal static partial class Kernels
{
    internal static void SoftmaxS8Portable(MnSoftmax p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        unchecked
        {
            for (; x0 < x1; x0++)
            {
                int x = row + x0 * p.Channels,
                    y = output + x0 * p.Channels;
                int largest = -128;
                for (int c = 0; c < p.Channels; c++)
                    largest = arena[x + c] > largest ? arena[x + c] : largest;
                int first = 255 - largest;
                uint sum = 0;
                for (int c = 0; c < p.Channels; c++)
                    sum += p.Table[first + arena[x + c]];
                for (int c = 0; c < p.Channels; c++)
                {
                    ulong share = (ulong)p.Table[first + arena[x + c]] * (uint)p.Steps + sum / 2;
                    int value = (int)(uint)(share / sum) + p.OutZero;
                    arena[y + c] = (sbyte)(value < p.Highest ? value : p.Highest);
                }
            }
        }
    }
}
