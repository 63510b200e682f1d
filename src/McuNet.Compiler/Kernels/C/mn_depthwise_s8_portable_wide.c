/*
 * Depthwise convolution in 64 bits: mn_wide.h; out_channels is a multiple of in_channels. Rows may lie anywhere, null is a padding row;
 * output may not overlap the rows.
 */
MN_KERNEL void mn_depthwise_s8_portable_wide(const mn_wide *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t multiplier = p->out_channels / p->in_channels;
    for (; x0 < x1; x0++) {
        for (uint32_t c = 0; c < p->out_channels; c++) {
            const int8_t *w = p->weights + c;
            int64_t acc = p->bias[c];
            for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
                for (uint32_t kx = 0; kx < p->kernel_width; kx++, w += p->out_channels) {
                    const uint32_t column = x0 * p->stride + kx * p->dilation - p->pad_left;
                    if (rows[ky] != NULL && column < p->in_width)
                        acc += mn_wide_dot(p, rows[ky] + (size_t)column * p->in_channels + c / multiplier, w, 1u, p->weight_zero[c]);
                }
            }
            out[(size_t)x0 * p->out_channels + c] = mn_wide_result(p, acc, c);
        }
    }
}
