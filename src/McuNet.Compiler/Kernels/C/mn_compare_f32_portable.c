/* A comparison of two real tensors. Output may be an input that has its shape. */
MN_KERNEL void mn_compare_f32_portable(const mn_compare_f32 *p, const float *a, const float *b, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const float yes = p->yes, no = p->no;
    a += (size_t)x0 * p->column_a;
    b += (size_t)x0 * p->column_b;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++, a += p->column_a, b += p->column_b) {
        size_t i = 0, j = 0;
        for (uint32_t c = 0; c < channels; c++, i += p->channel_a, j += p->channel_b)
            *out++ = mn_compare_of(p->function, a[i], b[j]) ? yes : no;
    }
}
