/* Power with a constant exponent: an integer of at most 16 by products, another by exponential and logarithm. Every operation is rounded on its own. */
MN_INLINE float mn_math_pow(float x, float exponent)
{
    int32_t whole = exponent >= -16.0f && exponent <= 16.0f ? (int32_t)exponent : 17;
    if ((float)whole == exponent) {
        float product = 1.0f;
        for (int32_t i = whole < 0 ? -whole : whole; i > 0; i--)
            product = mn_rounded(product * x);
        return whole < 0 ? mn_rounded(1.0f / product) : product;
    }
    if (exponent == 0.5f)
        return mn_math_sqrt(x);
    return mn_math_exp(mn_rounded(exponent * mn_math_log(x)));
}
