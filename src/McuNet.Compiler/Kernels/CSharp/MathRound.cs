/// <summary>Integers next to a real number. Every operation is rounded on its own.</summary>
internal static partial class Kernels
{
    /// <summary>The largest integer that is not above.</summary>
    internal static float MathFloor(float x)
    {
        if (!(x > -8388608.0f && x < 8388608.0f))
            return x;
        float whole = (float)(int)x;
        float floor = whole > x ? (float)(whole - 1.0f) : whole;
        return floor == 0.0f && x <= 0.0f ? x * 0.0f : floor;
    }

    internal static float MathCeil(float x) => -MathFloor(-x);

    /// <summary>The nearest integer, of two the even one.</summary>
    internal static float MathRound(float x)
    {
        float size = x < 0.0f ? -x : x,
            rounded = (float)((float)(size + 8388608.0f) - 8388608.0f);
        return !(size < 8388608.0f) ? x
            : x < 0.0f ? -rounded
            : rounded;
    }
}
