/* A comparison of a tensor and a constant. Output may be the input where that has its shape. */
MN_KERNEL void mn_compare_s8_portable_constant(const mn_compare_constant *p, const int8_t *a, int8_t *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t channels = p->channels;
    const int8_t yes = (int8_t)p->yes, no = (int8_t)p->no;
    const float *b = p->constant + (size_t)step * p->row + (size_t)x0 * p->column_b;
    a += (size_t)x0 * p->column_a;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++, a += p->column_a, b += p->column_b) {
        size_t i = 0, j = 0;
        for (uint32_t c = 0; c < channels; c++, i += p->channel_a, j += p->channel_b)
            *out++ = mn_compare_of(p->function, mn_rounded((float)(a[i] - p->zero_a) * p->scale_a), b[j]) ? yes : no;
    }
}
