/* Convolution with any window in 64 bits: mn_wide.h. Rows may lie anywhere, null is a padding row; output may not overlap the rows. */
MN_KERNEL void mn_conv_s8_portable_wide(const mn_wide *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t inputs = p->group_inputs;
    for (; x0 < x1; x0++) {
        const int8_t *w = p->weights;
        for (uint32_t c = 0; c < p->out_channels; c++) {
            const uint32_t first = c / p->group_outputs * inputs;
            int64_t acc = p->bias[c];
            for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
                for (uint32_t kx = 0; kx < p->kernel_width; kx++, w += inputs) {
                    const uint32_t column = x0 * p->stride + kx * p->dilation - p->pad_left;
                    if (rows[ky] != NULL && column < p->in_width)
                        acc += mn_wide_dot(p, rows[ky] + (size_t)column * p->in_channels + first, w, inputs, p->weight_zero[c]);
                }
            }
            out[(size_t)x0 * p->out_channels + c] = mn_wide_result(p, acc, c);
        }
    }
}
