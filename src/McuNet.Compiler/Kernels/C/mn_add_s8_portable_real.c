/* Sum of two tensors in float32, rounded before the zero point. Columns hold `channels` elements. Output may be either input. */
MN_KERNEL void mn_add_s8_portable_real(const mn_add_real *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t zero = p->zero, low = p->out_min - zero, high = p->out_max - zero;
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++) {
        const float real_a = mn_rounded((float)(a[x0] - p->zero_a) * p->scale_a);
        const float real_b = mn_rounded((float)(b[x0] - p->zero_b) * p->scale_b);
        const float steps = mn_rounded(real_a + real_b) / p->scale;
        out[x0] = (int8_t)(mn_clamp(mn_round(steps), low, high) + zero);
    }
}
