/*
 * Sine and cosine, within 2^-23 of the circle's radius up to 8,192 and less exact beyond, where a float is itself hardly a place on the circle: polynomials
 * after a reduction to an eighth of a turn, with the coefficients of the Cephes library. Every operation is rounded on its own.
 */
MN_INLINE float mn_math_sin_near(float x)
{
    float square = mn_rounded(x * x);
    float y = mn_math_times_plus(-1.95152959e-4f, square, 8.33216087e-3f);
    y = mn_math_times_plus(y, square, -1.66666546e-1f);
    return mn_math_times_plus(mn_rounded(y * square), x, x);
}

MN_INLINE float mn_math_cos_near(float x)
{
    float square = mn_rounded(x * x);
    float y = mn_math_times_plus(2.44331571e-5f, square, -1.38873162e-3f);
    y = mn_math_times_plus(y, square, 4.16666456e-2f);
    y = mn_math_times_plus(mn_rounded(y * square), square, mn_rounded(-0.5f * square));
    return mn_rounded(y + 1.0f);
}

/* The sine of x and some quarters of a turn. */
MN_INLINE float mn_math_sin_after(float x, int32_t quarters)
{
    if (!(x >= -8388608.0f && x <= 8388608.0f))
        return mn_math_of_bits(0x7fc00000);
    float size = x < 0.0f ? -x : x;
    int32_t turns = (int32_t)mn_rounded(mn_rounded(size * 0.636619747f) + 0.5f);
    float n = (float)turns;
    float rest = mn_math_times_plus(n, -7.54978995e-8f, mn_math_times_plus(n, -4.83751297e-4f, mn_math_times_plus(n, -1.5703125f, size)));
    if (x < 0.0f) {
        rest = -rest;
        turns = -turns;
    }
    turns = (turns + quarters) & 3;
    float y = (turns & 1) != 0 ? mn_math_cos_near(rest) : mn_math_sin_near(rest);
    return (turns & 2) != 0 ? -y : y;
}

MN_INLINE float mn_math_sin(float x)
{
    return mn_math_sin_after(x, 0);
}

MN_INLINE float mn_math_cos(float x)
{
    return mn_math_sin_after(x, 1);
}
