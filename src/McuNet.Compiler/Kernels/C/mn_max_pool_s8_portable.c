/*
 * Maximum over a window, padding left out; values keep their quantisation and are clamped to [out_min, out_max].
 * Rows may lie anywhere, null is a padding row. Four channels at a time. Output may not overlap the rows.
 */
MN_KERNEL void mn_max_pool_s8_portable(const mn_pool *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels, whole = channels & ~3u;
    const int32_t low = p->out_min, high = p->out_max;
    const size_t step = (size_t)p->dilation * channels;
    out += x0 * channels;
    for (; x0 < x1; x0++) {
        int32_t begin, end;
        const int32_t first = mn_pool_columns(p, x0, &begin, &end);
        const size_t offset = begin < end ? (size_t)(first + begin * p->dilation) * channels : 0u;
        uint32_t c, ky;
        for (c = 0; c < whole; c += 4u) {
            int32_t b0 = -128, b1 = -128, b2 = -128, b3 = -128;
            for (ky = 0; ky < p->kernel_height; ky++) {
                const int8_t *x;
                int32_t n;
                if (rows[ky] == NULL)
                    continue;
                x = rows[ky] + offset + c;
                for (n = end - begin; n > 0; n--) {
                    const int32_t v0 = x[0], v1 = x[1], v2 = x[2], v3 = x[3];
                    b0 = v0 > b0 ? v0 : b0;
                    b1 = v1 > b1 ? v1 : b1;
                    b2 = v2 > b2 ? v2 : b2;
                    b3 = v3 > b3 ? v3 : b3;
                    x += n > 1 ? step : 0u;
                }
            }
            out[0] = (int8_t)mn_clamp(b0, low, high);
            out[1] = (int8_t)mn_clamp(b1, low, high);
            out[2] = (int8_t)mn_clamp(b2, low, high);
            out[3] = (int8_t)mn_clamp(b3, low, high);
            out += 4;
        }
        for (c = whole; c < channels; c++) {
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
            *out++ = (int8_t)mn_clamp(best, low, high);
        }
    }
}
