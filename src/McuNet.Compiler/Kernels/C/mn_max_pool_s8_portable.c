/*
 * Maximum over a window, padding left out; values keep their quantisation and are clamped to [out_min, out_max].
 * Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
static void mn_max_pool_s8_portable(const mn_pool *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const size_t step = (size_t)p->dilation * channels;
    out += x0 * channels;
    for (; x0 < x1; x0++) {
        int32_t begin, end;
        const int32_t first = mn_pool_columns(p, x0, &begin, &end);
        const size_t offset = begin < end ? (size_t)(first + begin * p->dilation) * channels : 0u;
        uint32_t c, ky;
        for (c = 0; c < channels; c++) {
            int32_t best = -128;
            for (ky = 0; ky < p->kernel_height; ky++) {
                const int8_t *x;
                int32_t n;
                if (rows[ky] == NULL)
                    continue;
                x = rows[ky] + offset + c;
                for (n = end - begin; n > 0; n--) {
                    best = *x > best ? *x : best;
                    x += n > 1 ? step : 0u;
                }
            }
            *out++ = (int8_t)mn_clamp(best, p->out_min, p->out_max);
        }
    }
}
