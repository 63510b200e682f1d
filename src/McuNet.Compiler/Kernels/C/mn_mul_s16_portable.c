/* Product of two tensors of the same shape, exact in 64 bits. Columns hold `channels` elements. Output may be either input. */
MN_KERNEL void mn_mul_s16_portable(const mn_mul *p, const int16_t *a, const int16_t *b, int16_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t za = p->zero_a, zb = p->zero_b, zero = p->zero, low = p->out_min - zero, high = p->out_max - zero;
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++) {
        const int64_t product = (int64_t)(a[x0] - za) * (b[x0] - zb);
        out[x0] = (int16_t)(mn_clamp(mn_round(mn_rounded((float)product * p->scale)), low, high) + zero);
    }
}
