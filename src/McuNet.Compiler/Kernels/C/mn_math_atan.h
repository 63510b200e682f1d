/* Inverse tangent, within 3 units in the last place: a polynomial after a reduction to an eighth of a turn, with the coefficients of the Cephes library. Every operation is rounded on its own. */
MN_INLINE float mn_math_atan(float x)
{
    float size = x < 0.0f ? -x : x, start = 0.0f, rest = size;
    if (size > 2.41421366f) {
        start = 1.57079637f;
        rest = -mn_rounded(1.0f / size);
    } else if (size > 0.414213568f) {
        start = 0.785398185f;
        rest = mn_rounded(mn_rounded(size - 1.0f) / mn_rounded(size + 1.0f));
    }
    float square = mn_rounded(rest * rest);
    float y = mn_math_times_plus(8.05374458e-2f, square, -1.38776854e-1f);
    y = mn_math_times_plus(y, square, 1.99777111e-1f);
    y = mn_math_times_plus(y, square, -3.33329499e-1f);
    y = mn_rounded(start + mn_math_times_plus(mn_rounded(y * square), rest, rest));
    return x < 0.0f ? -y : y;
}
