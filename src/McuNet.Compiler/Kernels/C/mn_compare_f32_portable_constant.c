/* A comparison of a real tensor and a constant. Output may be the input where that has its shape. */
MN_KERNEL void mn_compare_f32_portable_constant(const mn_compare_constant_f32 *p, const float *a, float *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t channels = p->channels;
    const float yes = p->yes, no = p->no;
    const float *b = p->constant + (size_t)step * p->row + (size_t)x0 * p->column_b;
    a += (size_t)x0 * p->column_a;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++, a += p->column_a, b += p->column_b) {
        size_t i = 0, j = 0;
        for (uint32_t c = 0; c < channels; c++, i += p->channel_a, j += p->channel_b)
            *out++ = mn_compare_of(p->function, a[i], b[j]) ? yes : no;
    }
}
