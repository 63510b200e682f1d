/*
 * Exponential, within 2 units in the last place: a polynomial after a reduction of the range, with the
 * coefficients of the Cephes library. Every operation is rounded on its own.
 */
MN_INLINE float mn_math_exp(float x)
{
    if (!(x <= 88.7228394f))
        return x > 0.0f ? mn_math_of_bits(0x7f800000) : x;
    if (x < -103.972084f)
        return 0.0f;
    float turns = mn_rounded(mn_math_times_plus(x, 1.44269502f, 12582912.0f) - 12582912.0f);
    float rest = mn_math_times_plus(turns, 2.12194442e-4f, mn_math_times_plus(turns, -0.693359375f, x));
    float y = mn_math_times_plus(1.98756912e-4f, rest, 1.39819994e-3f);
    y = mn_math_times_plus(y, rest, 8.33345205e-3f);
    y = mn_math_times_plus(y, rest, 4.16657962e-2f);
    y = mn_math_times_plus(y, rest, 1.66666657e-1f);
    y = mn_math_times_plus(y, rest, 0.5f);
    y = mn_rounded(mn_math_times_plus(y, mn_rounded(rest * rest), rest) + 1.0f);
    int32_t n = (int32_t)turns, half = n / 2;
    return mn_rounded(mn_rounded(y * mn_math_power2(half)) * mn_math_power2(n - half));
}
