/*
 * Sum of two tensors by integers. The multipliers have been proved against the float rule for all 65,536 pairs of inputs; sums stay
 * below 2^31. Columns hold `channels` elements. Output may be either input. Without an activation the range is that of int8, which
 * saturating cores limit in one instruction.
 */
MN_KERNEL void mn_add_s8_portable(const mn_add *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t ma = p->multiplier_a, mb = p->multiplier_b, offset = p->offset, low = p->out_min, high = p->out_max;
    const int32_t shift = p->shift;
    uint32_t n = (x1 - x0) * p->channels;
    a += x0 * p->channels;
    b += x0 * p->channels;
    out += x0 * p->channels;
#if defined(__ARM_FEATURE_SAT)
    if (low == -128 && high == 127) {
        for (; n >= 4u; n -= 4u, a += 4, b += 4, out += 4) {
            const int32_t s0 = a[0] * ma + b[0] * mb + offset, s1 = a[1] * ma + b[1] * mb + offset;
            const int32_t s2 = a[2] * ma + b[2] * mb + offset, s3 = a[3] * ma + b[3] * mb + offset;
            out[0] = mn_saturate8(s0 >> shift);
            out[1] = mn_saturate8(s1 >> shift);
            out[2] = mn_saturate8(s2 >> shift);
            out[3] = mn_saturate8(s3 >> shift);
        }
    }
#endif
    for (; n > 0u; n--)
        *out++ = (int8_t)mn_clamp((*a++ * ma + *b++ * mb + offset) >> shift, low, high);
}
