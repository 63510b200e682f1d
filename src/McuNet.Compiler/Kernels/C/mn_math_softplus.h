/* log(1 + exp(x)). Every operation is rounded on its own. */
MN_INLINE float mn_math_softplus(float x)
{
    const float logarithm = mn_math_log(1.0f + mn_math_exp(x < 0.0f ? x : -x));
    return x > 0.0f ? x + logarithm : logarithm;
}
