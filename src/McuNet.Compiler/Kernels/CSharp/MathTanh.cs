/// <summary>Hyperbolic tangent, within 3 units in the last place; a polynomial near zero, with the coefficients of the Cephes library.
/// Every operation is rounded on its own.</summary>
internal static partial class Kernels
{
    internal static float MathTanh(float x)
    {
        float size = x < 0.0f ? -x : x;
        if (!(size > 0.625f))
        {
            float square = (float)(x * x);
            float y = MathTimesPlus(-5.70498872e-3f, square, 2.06390880e-2f);
            y = MathTimesPlus(y, square, -5.37397154e-2f);
            y = MathTimesPlus(y, square, 1.33314423e-1f);
            y = MathTimesPlus(y, square, -3.33332807e-1f);
            return MathTimesPlus((float)(y * square), x, x);
        }
        float bound = size > 9.0f ? 1.0f : (float)(1.0f - (float)(2.0f / (float)(MathExp((float)(size + size)) + 1.0f)));
        return x < 0.0f ? -bound : bound;
    }
}
