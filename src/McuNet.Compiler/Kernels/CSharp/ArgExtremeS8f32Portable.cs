/// <summary>The channel of the largest or least integer of each pixel as a real number. Output may not overlap the row.</summary>
internal static partial class Kernels
{
    internal static void ArgExtremeS8f32Portable(MnArgExtremeF32 p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        int sign = p.Least != 0 ? -1 : 1,
            margin = p.Last != 0 ? 0 : 1;
        for (; x0 < x1; x0++)
        {
            int first = row + x0 * p.Channels,
                at = 0;
            for (int c = 1; c < p.Channels; c++)
            {
                if (sign * arena[first + c] >= sign * arena[first + at] + margin)
                    at = c;
            }
            StoreF32(arena, output + 4 * x0, at);
        }
    }
}
