/* Steps that functions of real numbers share. Every operation is rounded on its own. */
MN_INLINE float mn_math_of_bits(int32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

MN_INLINE int32_t mn_math_bits(float value)
{
    int32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* 2^n for n in [-126, 127]. */
MN_INLINE float mn_math_power2(int32_t n)
{
    return mn_math_of_bits((n + 127) * 8388608);
}

MN_INLINE float mn_math_times_plus(float x, float y, float z)
{
    return mn_rounded(x * y) + z;
}
