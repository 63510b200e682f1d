/*
 * Power: an integer of at most 16 by products, another exponent by exponential and logarithm, of negative numbers where it is an integer. Every operation is
 * rounded on its own.
 */
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
    if (x < 0.0f) {
        const float magnitude = exponent < 0.0f ? -exponent : exponent;
        whole = magnitude < 16777216.0f ? (int32_t)exponent : 0;
        if (magnitude >= 16777216.0f || (float)whole == exponent) {
            const float power = mn_math_exp(mn_rounded(exponent * mn_math_log(-x)));
            return (whole & 1) != 0 ? -power : power;
        }
    }
    return mn_math_exp(mn_rounded(exponent * mn_math_log(x)));
}
