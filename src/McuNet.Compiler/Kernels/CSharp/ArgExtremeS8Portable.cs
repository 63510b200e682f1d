/// <summary>The channel of the largest or least value of each pixel. Output may lie on the row's first pixels.</summary>
internal static partial class Kernels
{
    internal static void ArgExtremeS8Portable(MnArgExtreme p, sbyte[] arena, int row, int output, int x0, int x1)
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
            arena[output + x0] = (sbyte)(Clamp(Round((float)((float)at / p.Scale)), -128 - p.OutZero, 127 - p.OutZero) + p.OutZero);
        }
    }
}
