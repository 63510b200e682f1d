/* Elements of rows[1] where rows[0] is not zero, else of rows[2], of one type: real numbers. Output may be an input that has its shape. */
MN_KERNEL void mn_where_f32_portable(const mn_where *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const float *c = (const float *)(const void *)rows[0] + (size_t)x0 * p->column_c;
    const float *a = (const float *)(const void *)rows[1] + (size_t)x0 * p->column_a, *b = (const float *)(const void *)rows[2] + (size_t)x0 * p->column_b;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++, c += p->column_c, a += p->column_a, b += p->column_b) {
        size_t i = 0, j = 0, k = 0;
        for (uint32_t n = 0; n < channels; n++, i += p->channel_c, j += p->channel_a, k += p->channel_b)
            *out++ = c[i] != 0.0f ? a[j] : b[k];
    }
}
