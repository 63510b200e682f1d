/* Hyperbolic tangent, within 3 units in the last place; a polynomial near zero, with the coefficients of the Cephes library. Every operation is rounded on its own. */
MN_INLINE float mn_math_tanh(float x)
{
    float size = x < 0.0f ? -x : x;
    if (!(size > 0.625f)) {
        float square = mn_rounded(x * x);
        float y = mn_math_times_plus(-5.70498872e-3f, square, 2.06390880e-2f);
        y = mn_math_times_plus(y, square, -5.37397154e-2f);
        y = mn_math_times_plus(y, square, 1.33314423e-1f);
        y = mn_math_times_plus(y, square, -3.33332807e-1f);
        return mn_math_times_plus(mn_rounded(y * square), x, x);
    }
    float bound = size > 9.0f ? 1.0f : mn_rounded(1.0f - mn_rounded(2.0f / mn_rounded(mn_math_exp(mn_rounded(size + size)) + 1.0f)));
    return x < 0.0f ? -bound : bound;
}
