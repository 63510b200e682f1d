/* A comparison of two tensors. Output may be an input that has its shape. */
MN_KERNEL void mn_compare_s8_portable(const mn_compare *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const int8_t yes = (int8_t)p->yes, no = (int8_t)p->no;
    a += (size_t)x0 * p->column_a;
    b += (size_t)x0 * p->column_b;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++, a += p->column_a, b += p->column_b) {
        size_t i = 0, j = 0;
        for (uint32_t c = 0; c < channels; c++, i += p->channel_a, j += p->channel_b)
            *out++ = mn_compare_of(p->function, mn_rounded((float)(a[i] - p->zero_a) * p->scale_a), mn_rounded((float)(b[j] - p->zero_b) * p->scale_b)) ? yes : no;
    }
}
