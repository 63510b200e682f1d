/// <summary>The largest or least channels of a pixel, in order.</summary>
internal static partial class Kernels
{
    private static int TopS8(MnTop p, sbyte[] arena, int pixel, int last)
    {
        int sign = p.Least != 0 ? -1 : 1,
            at = -1,
            best = 0;
        for (int c = 0; c < p.Channels; c++)
        {
            int value = sign * arena[pixel + c],
                before = last < 0 ? 0 : sign * arena[pixel + last];
            if ((last < 0 || before > value || (value == before && c > last)) && (at < 0 || value > best))
            {
                at = c;
                best = value;
            }
        }
        return at < 0 ? 0 : at;
    }

    private static int TopF32(MnTop p, sbyte[] arena, int pixel, int last)
    {
        int at = -1;
        for (int c = 0; c < p.Channels; c++)
        {
            float value = TopSigned(p.Least, LoadF32(arena, pixel + 4 * c));
            float before = last < 0 ? 0.0f : TopSigned(p.Least, LoadF32(arena, pixel + 4 * last));
            float best = at < 0 ? 0.0f : TopSigned(p.Least, LoadF32(arena, pixel + 4 * at));
            if ((last < 0 || before > value || (value == before && c > last)) && (at < 0 || value > best))
                at = c;
        }
        return at < 0 ? 0 : at;
    }

    private static float TopSigned(int negative, float value)
    {
        return negative != 0 ? -value : value;
    }
}
