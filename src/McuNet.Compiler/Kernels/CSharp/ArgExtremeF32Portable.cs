/// <summary>The channel of the largest or least real value of each pixel. Output may lie on the row's first pixels.</summary>
internal static partial class Kernels
{
    internal static void ArgExtremeF32Portable(MnArgExtremeF32 p, sbyte[] arena, int row, int output, int x0, int x1)
    {
        for (; x0 < x1; x0++)
        {
            int first = row + 4 * x0 * p.Channels,
                at = 0;
            for (int c = 1; c < p.Channels; c++)
            {
                float value = LoadF32(arena, first + 4 * c),
                    extreme = LoadF32(arena, first + 4 * at);
                if (p.Least != 0)
                {
                    value = -value;
                    extreme = -extreme;
                }
                if (value > extreme || (p.Last != 0 && value == extreme))
                    at = c;
            }
            StoreF32(arena, output + 4 * x0, at);
        }
    }
}
