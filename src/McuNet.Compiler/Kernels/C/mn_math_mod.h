/* Remainder of x / y with the sign of x, which is exact: multiples of y by powers of two are taken away from the largest on. */
MN_INLINE float mn_math_mod(float x, float y)
{
    float rest = x < 0.0f ? -x : x, least = y < 0.0f ? -y : y;
    if (!(least > 0.0f) || !(rest <= 3.40282347e+38f))
        return mn_rounded(x * y) / mn_rounded(x * y);
    float part = least;
    while (part <= rest - part)
        part = part + part;
    for (; rest >= least; part = part * 0.5f) {
        if (part <= rest)
            rest = rest - part;
    }
    return x < 0.0f ? -rest : rest;
}
