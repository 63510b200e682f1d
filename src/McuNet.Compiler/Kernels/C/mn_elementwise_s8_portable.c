/* A function of two tensors. Output may be an input that has its shape. */
MN_KERNEL void mn_elementwise_s8_portable(const mn_elementwise *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t zero = p->zero, low = p->out_min - zero, high = p->out_max - zero, zero_a = p->zero_a, zero_b = p->zero_b;
    const float scale_a = p->scale_a, scale = p->scale, scale_b = p->scale_b;
    const uint32_t channels = p->channels, function = p->function, next_a = p->channel_a, next_b = p->channel_b;
    a += x0 * p->column_a;
    b += x0 * p->column_b;
    out += x0 * channels;
    for (; x0 < x1; x0++, a += p->column_a, b += p->column_b) {
        uint32_t i = 0, j = 0;
        for (uint32_t c = 0; c < channels; c++, i += next_a, j += next_b) {
            const float real_a = mn_rounded((float)(a[i] - zero_a) * scale_a);
            const float steps = mn_elementwise_of(function, real_a, mn_rounded((float)(b[j] - zero_b) * scale_b)) / scale;
            *out++ = (int8_t)(mn_clamp(mn_round(steps), low, high) + zero);
        }
    }
}
