/// <summary>
/// Sine and cosine, within 2^-23 of the circle's radius up to 8,192 and less exact beyond, where a float is itself hardly a place on the
/// circle: polynomials after a reduction to an eighth of a turn, with the coefficients of the Cephes library. Every operation is rounded on
/// its own.
/// </summary>
internal static partial class Kernels
{
    internal static float MathSin(float x) => MathSinAfter(x, 0);

    internal static float MathCos(float x) => MathSinAfter(x, 1);

    private static float MathSinNear(float x)
    {
        float square = (float)(x * x);
        float y = MathTimesPlus(-1.95152959e-4f, square, 8.33216087e-3f);
        y = MathTimesPlus(y, square, -1.66666546e-1f);
        return MathTimesPlus((float)(y * square), x, x);
    }

    private static float MathCosNear(float x)
    {
        float square = (float)(x * x);
        float y = MathTimesPlus(2.44331571e-5f, square, -1.38873162e-3f);
        y = MathTimesPlus(y, square, 4.16666456e-2f);
        y = MathTimesPlus((float)(y * square), square, (float)(-0.5f * square));
        return (float)(y + 1.0f);
    }

    /// <summary>The sine of x and some quarters of a turn.</summary>
    private static float MathSinAfter(float x, int quarters)
    {
        if (!(x >= -8388608.0f && x <= 8388608.0f))
            return float.NaN;
        float size = x < 0.0f ? -x : x;
        int turns = (int)(float)((float)(size * 0.636619747f) + 0.5f);
        float n = turns;
        float rest = MathTimesPlus(n, -7.54978995e-8f, MathTimesPlus(n, -4.83751297e-4f, MathTimesPlus(n, -1.5703125f, size)));
        if (x < 0.0f)
        {
            rest = -rest;
            turns = -turns;
        }
        turns = (turns + quarters) & 3;
        float y = (turns & 1) != 0 ? MathCosNear(rest) : MathSinNear(rest);
        return (turns & 2) != 0 ? -y : y;
    }
}
