/* Product of a tensor and one value per channel, exact in 64 bits. Columns hold `channels` elements. Output may be a, and may not overlap b. */
MN_KERNEL void mn_mul_s16_portable_channels(const mn_mul *p, const int16_t *a, const int16_t *b, int16_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t za = p->zero_a, zb = p->zero_b, zero = p->zero, low = p->out_min - zero, high = p->out_max - zero;
    size_t i = (size_t)x0 * p->channels;
    for (; x0 < x1; x0++) {
        for (uint32_t c = 0; c < p->channels; c++, i++) {
            const int64_t product = (int64_t)(a[i] - za) * (b[c] - zb);
            out[i] = (int16_t)(mn_clamp(mn_round(mn_rounded((float)product * p->scale)), low, high) + zero);
        }
    }
}
