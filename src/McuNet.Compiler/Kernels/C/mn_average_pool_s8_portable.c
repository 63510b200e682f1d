/*
 * Average over a window: sum of (x - in_zero) over the inputs inside, times the scale for their number, rounded half to even.
 * Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
MN_KERNEL void mn_average_pool_s8_portable(const mn_pool *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const size_t step = (size_t)p->dilation * channels;
    out += x0 * channels;
    for (; x0 < x1; x0++) {
        int32_t begin, end, count = 0;
        const int32_t first = mn_pool_columns(p, x0, &begin, &end);
        const size_t offset = begin < end ? (size_t)(first + begin * p->dilation) * channels : 0u;
        uint32_t c, ky;
        for (ky = 0; ky < p->kernel_height; ky++)
            count += rows[ky] != NULL ? end - begin : 0;
        for (c = 0; c < channels; c++) {
            int32_t sum = -count * p->in_zero;
            for (ky = 0; ky < p->kernel_height; ky++) {
                const int8_t *x;
                int32_t n;
                if (rows[ky] == NULL)
                    continue;
                x = rows[ky] + offset + c;
                for (n = end - begin; n > 0; n--) {
                    sum += *x;
                    x += n > 1 ? step : 0u;
                }
            }
            *out++ = (int8_t)mn_requantize(sum, p->scale[count], p->out_zero, p->out_min, p->out_max);
        }
    }
}
