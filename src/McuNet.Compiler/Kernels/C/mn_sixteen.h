/*
 * Sums of products of 16-bit or 8-bit inputs with int8 weights: n neighbours, less their zero points. In 32 bits the caller has proved that no
 * part of the sum leaves them. Most models have no zero points, which takes two instructions less for each product.
 */
MN_INLINE int32_t mn_sixteen_dot_s16(int32_t acc, const int16_t *x, const int8_t *w, uint32_t n, int32_t in_zero, int32_t weight_zero)
{
    if ((in_zero | weight_zero) == 0) {
        for (; n >= 4u; n -= 4u, x += 4, w += 4) {
            acc += x[0] * w[0];
            acc += x[1] * w[1];
            acc += x[2] * w[2];
            acc += x[3] * w[3];
        }
        for (; n != 0u; n--)
            acc += *x++ * *w++;
        return acc;
    }
    for (; n != 0u; n--)
        acc += (*x++ - in_zero) * (*w++ - weight_zero);
    return acc;
}

/* A product has at most 17 and 9 bits. */
MN_INLINE int64_t mn_sixteen_dot_s16_wide(int64_t acc, const int16_t *x, const int8_t *w, uint32_t n, int32_t in_zero, int32_t weight_zero)
{
    for (; n != 0u; n--)
        acc += (*x++ - in_zero) * (*w++ - weight_zero);
    return acc;
}

MN_INLINE int32_t mn_sixteen_dot_s8(int32_t acc, const int8_t *x, const int8_t *w, uint32_t n, int32_t in_zero, int32_t weight_zero)
{
    for (; n != 0u; n--)
        acc += (*x++ - in_zero) * (*w++ - weight_zero);
    return acc;
}

/* round_half_even((float)acc * scale), both steps in float32, of sums of 32 and of 64 bits. */
MN_INLINE int32_t mn_sixteen_steps(int32_t acc, float scale)
{
    return mn_scale_round(acc, scale);
}

MN_INLINE int32_t mn_sixteen_steps_wide(int64_t acc, float scale)
{
    return mn_round(mn_rounded((float)acc * scale));
}
