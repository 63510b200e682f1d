/* Product of a tensor and one value per channel. Columns hold `channels` elements. Output may be a, and may not overlap b. */
MN_KERNEL void mn_mul_s8_portable_channels(const mn_mul *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t za = p->zero_a, zb = p->zero_b, zero = p->zero, low = p->out_min, high = p->out_max;
    const uint32_t channels = p->channels;
    const float scale = p->scale;
    size_t i = (size_t)x0 * channels;
    for (; x0 < x1; x0++) {
        uint32_t c;
        for (c = 0; c < channels; c++, i++)
            out[i] = (int8_t)mn_requantize((a[i] - za) * (b[c] - zb), scale, zero, low, high);
    }
}
