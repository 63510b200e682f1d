/// <summary>
/// Exponential, within 2 units in the last place: a polynomial after a reduction of the range, with the
/// coefficients of the Cephes library. Every operation is rounded on its own.
/// </summary>
internal static partial class Kernels
{
    internal static float MathExp(float x)
    {
        if (!(x <= 88.7228394f))
            return x > 0.0f ? float.PositiveInfinity : x;
        if (x < -103.972084f)
            return 0.0f;
        float turns = (float)(MathTimesPlus(x, 1.44269502f, 12582912.0f) - 12582912.0f);
        float rest = MathTimesPlus(turns, 2.12194442e-4f, MathTimesPlus(turns, -0.693359375f, x));
        float y = MathTimesPlus(1.98756912e-4f, rest, 1.39819994e-3f);
        y = MathTimesPlus(y, rest, 8.33345205e-3f);
        y = MathTimesPlus(y, rest, 4.16657962e-2f);
        y = MathTimesPlus(y, rest, 1.66666657e-1f);
        y = MathTimesPlus(y, rest, 0.5f);
        y = (float)(MathTimesPlus(y, (float)(rest * rest), rest) + 1.0f);
        int n = (int)turns,
            half = n / 2;
        return (float)((float)(y * MathPower2(half)) * MathPower2(n - half));
    }
}
