/* Sum of two tensors in float32. Columns hold `channels` elements. Output may be either input. */
MN_KERNEL void mn_add_s8_portable_float(const mn_add_float *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++) {
        const float part_b = mn_rounded((float)b[x0] * p->ratio_b);
        const float sum_b = mn_rounded(part_b + p->constant);
        const float part_a = mn_rounded((float)a[x0] * p->ratio_a);
        out[x0] = (int8_t)mn_clamp(mn_round(mn_rounded(part_a + sum_b)), p->out_min, p->out_max);
    }
}
