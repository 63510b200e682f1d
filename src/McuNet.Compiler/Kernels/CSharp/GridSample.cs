/// <summary>Samples of an image: where a place lies, which pixels are around it, and their weights.</summary>
internal static partial class Kernels
{
    /// <summary>Where among <c>size</c> pixels a place from -1 to 1 lies, moved inside where nothing is beyond the ends. What is no number
    /// is far out.</summary>
    private static float GridCoordinate(MnGridSample p, float place, int size)
    {
        float margin = p.Corners != 0 ? 0.0f : 0.5f,
            low = -margin,
            high = (float)((float)(size - 1) + margin);
        float scaled = (float)((float)((float)(place + 1.0f) * 0.5f) * (float)(p.Corners != 0 ? size - 1 : size));
        float at = p.Corners != 0 ? scaled : (float)(scaled - 0.5f);
        at =
            at > -1048576.0f
                ? at < 1048576.0f
                    ? at
                    : 1048576.0f
                : -1048576.0f;
        if (p.Taps == 1)
            at = MathRound(at);
        if (p.Padding == 0 || (at >= low && at <= high))
            return at;
        if (p.Padding == 1)
            return at < low ? 0.0f : (float)(size - 1);
        float range = (float)(high - low),
            beyond = at < low ? (float)(low - at) : (float)(at - high);
        if (range == 0.0f)
            return low;
        int times = (int)(float)(beyond / range);
        float rest = (float)(beyond - (float)((float)times * range));
        return (at < low) == (times % 2 == 0) ? (float)(low + rest) : (float)(high - rest);
    }

    /// <summary>The pixel of a number, negative where it is zeros.</summary>
    private static int GridIndex(MnGridSample p, int number, int size)
    {
        if (number >= 0 && number < size)
            return number;
        if (p.Padding != 2)
            return p.Padding == 0 ? -1
                : number < 0 ? 0
                : size - 1;
        int period = p.Corners != 0 ? 2 * size - 2 : 2 * size;
        if (period < 1)
            period = 1;
        int within = (number % period + period) % period;
        return within < size ? within : (p.Corners != 0 ? period : period - 1) - within;
    }

    private static float GridInner(float d)
    {
        float steep = (float)((float)(1.25f * d) - 2.25f);
        return (float)((float)((float)(steep * d) * d) + 1.0f);
    }

    private static float GridOuter(float d)
    {
        float inner = (float)((float)(-0.75f * d) + 3.75f),
            middle = (float)((float)(inner * d) - 6.0f);
        return (float)((float)(middle * d) + 3.0f);
    }

    private static float GridWeight(int taps, float way, int tap)
    {
        if (taps == 1)
            return 1.0f;
        if (taps == 2)
            return tap == 0 ? (float)(1.0f - way) : way;
        switch (tap)
        {
            case 0:
                return GridOuter((float)(way + 1.0f));
            case 1:
                return GridInner(way);
            case 2:
                return GridInner((float)(1.0f - way));
            default:
                return GridOuter((float)((float)(1.0f - way) + 1.0f));
        }
    }
}
