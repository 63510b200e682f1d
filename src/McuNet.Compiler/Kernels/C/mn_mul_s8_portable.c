/* Product of two tensors of the same shape. Columns hold `channels` elements. Output may be either input. */
MN_KERNEL void mn_mul_s8_portable(const mn_mul *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t za = p->zero_a, zb = p->zero_b, zero = p->zero, low = p->out_min, high = p->out_max;
    const float scale = p->scale;
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++)
        out[x0] = (int8_t)mn_requantize((a[x0] - za) * (b[x0] - zb), scale, zero, low, high);
}
