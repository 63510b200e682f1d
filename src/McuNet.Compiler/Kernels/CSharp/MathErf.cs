/// <summary>Error function, within 3 units in the last place: polynomials with the coefficients of the Cephes library. Every operation is
/// rounded on its own.</summary>
internal static partial class Kernels
{
    internal static float MathErf(float x)
    {
        float size = x < 0.0f ? -x : x,
            square = (float)(x * x),
            y;
        if (!(size > 1.0f))
        {
            y = MathTimesPlus(7.85386146e-5f, square, -8.01019371e-4f);
            y = MathTimesPlus(y, square, 5.18832775e-3f);
            y = MathTimesPlus(y, square, -2.68538129e-2f);
            y = MathTimesPlus(y, square, 1.12835854e-1f);
            y = MathTimesPlus(y, square, -3.76126260e-1f);
            return (float)(x * MathTimesPlus(y, square, 1.12837923f));
        }
        if (size > 4.0f)
            return x < 0.0f ? -1.0f : 1.0f;
        float inverse = (float)(1.0f / size),
            q = (float)(inverse * inverse);
        if (size < 2.0f)
        {
            y = MathTimesPlus(2.32682002e-2f, q, -1.38703942e-1f);
            y = MathTimesPlus(y, q, 3.68742466e-1f);
            y = MathTimesPlus(y, q, -5.82473278e-1f);
            y = MathTimesPlus(y, q, 6.21000469e-1f);
            y = MathTimesPlus(y, q, -4.94451523e-1f);
            y = MathTimesPlus(y, q, 3.40488002e-1f);
            y = MathTimesPlus(y, q, -2.74112701e-1f);
            y = MathTimesPlus(y, q, 5.63825965e-1f);
        }
        else
        {
            y = MathTimesPlus(-1.04776640e1f, q, 1.29771996e1f);
            y = MathTimesPlus(y, q, -7.49551868f);
            y = MathTimesPlus(y, q, 2.92101908f);
            y = MathTimesPlus(y, q, -1.01526523f);
            y = MathTimesPlus(y, q, 4.21846360e-1f);
            y = MathTimesPlus(y, q, -2.82076746e-1f);
            y = MathTimesPlus(y, q, 5.64189494e-1f);
        }
        float rest = (float)((float)(MathExp(-square) * inverse) * y);
        float bound = (float)(1.0f - rest);
        return x < 0.0f ? -bound : bound;
    }
}
