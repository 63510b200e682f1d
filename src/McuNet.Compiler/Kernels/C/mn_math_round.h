/* Integers next to a real number. Every operation is rounded on its own. */
MN_INLINE float mn_math_floor(float x)
{
    if (!(x > -8388608.0f && x < 8388608.0f))
        return x;
    float whole = (float)(int32_t)x;
    float floor = whole > x ? mn_rounded(whole - 1.0f) : whole;
    return floor == 0.0f && x <= 0.0f ? x * 0.0f : floor;
}

MN_INLINE float mn_math_ceil(float x)
{
    return -mn_math_floor(-x);
}

/* Of two integers the even one. */
MN_INLINE float mn_math_round(float x)
{
    const float size = x < 0.0f ? -x : x, rounded = mn_rounded(size + 8388608.0f) - 8388608.0f;
    return !(size < 8388608.0f) ? x : x < 0.0f ? -rounded : rounded;
}
