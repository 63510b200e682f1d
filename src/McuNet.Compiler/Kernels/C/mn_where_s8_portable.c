/* Elements of rows[1] where rows[0] is not zero, else of rows[2], of one type: integers. Output may be an input that has its shape. */
MN_KERNEL void mn_where_s8_portable(const mn_where *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const int8_t *c = rows[0] + (size_t)x0 * p->column_c, *a = rows[1] + (size_t)x0 * p->column_a, *b = rows[2] + (size_t)x0 * p->column_b;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++, c += p->column_c, a += p->column_a, b += p->column_b) {
        size_t i = 0, j = 0, k = 0;
        for (uint32_t n = 0; n < channels; n++, i += p->channel_c, j += p->channel_a, k += p->channel_b)
            *out++ = c[i] != p->zero ? a[j] : b[k];
    }
}
