/*
 * Natural logarithm, within 2 units in the last place: a polynomial after a reduction of the range, with the
 * coefficients of the Cephes library. Every operation is rounded on its own.
 */
MN_INLINE float mn_math_log(float x)
{
    if (!(x > 0.0f))
        return x == 0.0f ? mn_math_of_bits((int32_t)0xff800000) : mn_math_of_bits(0x7fc00000);
    if (x > 3.40282347e+38f)
        return x;
    int32_t exponent = 0;
    if (x < 1.17549435e-38f) {
        x = mn_rounded(x * 8388608.0f);
        exponent = -23;
    }
    int32_t bits = mn_math_bits(x);
    exponent += (bits >> 23) - 126;
    float f = mn_math_of_bits((bits & 0x7fffff) | 0x3f000000);
    if (f < 0.707106769f) {
        exponent--;
        f = mn_rounded(f + f);
    }
    f = mn_rounded(f - 1.0f);
    float square = mn_rounded(f * f), turns = (float)exponent;
    float y = mn_math_times_plus(7.03768358e-2f, f, -1.15146101e-1f);
    y = mn_math_times_plus(y, f, 1.16769984e-1f);
    y = mn_math_times_plus(y, f, -1.24201410e-1f);
    y = mn_math_times_plus(y, f, 1.42493233e-1f);
    y = mn_math_times_plus(y, f, -1.66680574e-1f);
    y = mn_math_times_plus(y, f, 2.00007141e-1f);
    y = mn_math_times_plus(y, f, -2.49999940e-1f);
    y = mn_math_times_plus(y, f, 3.33333313e-1f);
    y = mn_rounded(mn_rounded(y * f) * square);
    y = mn_math_times_plus(turns, -2.12194442e-4f, y);
    y = mn_math_times_plus(square, -0.5f, y);
    return mn_math_times_plus(turns, 0.693359375f, mn_rounded(f + y));
}
