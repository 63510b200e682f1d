/* A function of recurrent layers, by its number in mn_recurrent. */
MN_INLINE float mn_recurrent_apply(float clip, float alpha, float beta, uint32_t function, float x)
{
    x = mn_limit(x, -clip, clip);
    switch (function) {
    case 0u:
        return mn_math_sigmoid(x);
    case 1u:
        return mn_math_tanh(x);
    case 2u:
        return x < 0.0f ? 0.0f : x;
    case 3u:
        return mn_limit(mn_math_times_plus(alpha, x, beta), 0.0f, 1.0f);
    default:
        return x;
    }
}
