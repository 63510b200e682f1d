/* 1 / (1 + exp(-x)). Every operation is rounded on its own. */
MN_INLINE float mn_math_sigmoid(float x)
{
    const float small = mn_math_exp(x < 0.0f ? x : -x), whole = 1.0f + small;
    return x < 0.0f ? small / whole : 1.0f / whole;
}
