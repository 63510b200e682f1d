/* Sum of n products of neighbours. */
MN_INLINE int32_t mn_conv_transpose_dot(const int8_t *x, const int8_t *w, uint32_t n, int32_t in_zero, int32_t weight_zero)
{
    int32_t acc = 0;
    for (; n != 0u; n--)
        acc += (*x++ - in_zero) * (*w++ - weight_zero);
    return acc;
}

/*
 * Transposed convolution, row `step` of the output: each pixel gathers the taps that fall on it. in has `slots` rows, row r in slot r mod slots; output
 * may not overlap it. A row of input is read where its window holds the output row.
 */
MN_KERNEL void mn_conv_transpose_s8_portable(const mn_conv_transpose *p, const int8_t *in, uint32_t slots, int8_t *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t row_bytes = (uint32_t)p->in_width * p->in_channels, inputs = (uint32_t)p->group_inputs;
    const int8_t *w = p->weights;
    for (uint32_t x = x0; x < x1; x++, w = p->weights) {
        const int8_t *group = in;
        for (uint32_t c = 0, left = p->group_outputs; c < p->out_channels; c++, left--) {
            int64_t acc = p->bias[c];
            if (left == 0u) {
                left = p->group_outputs;
                group += inputs;
            }
            for (uint32_t i = 0; i < p->kernel_height; i++) {
                const int32_t y = (int32_t)(step + p->pad_top) - (int32_t)(i * p->dilation_height);
                const uint32_t row = (uint32_t)y / p->stride_height;
                if (y < 0 || row >= p->in_height || row * p->stride_height != (uint32_t)y) {
                    w += p->kernel_width * inputs;
                    continue;
                }
                const int8_t *const pixels = group + (size_t)(row % slots) * row_bytes;
                for (uint32_t j = 0; j < p->kernel_width; j++, w += inputs) {
                    const int32_t at = (int32_t)(x + p->pad_left) - (int32_t)(j * p->dilation_width);
                    const uint32_t column = (uint32_t)at / p->stride_width;
                    if (at >= 0 && column < p->in_width && column * p->stride_width == (uint32_t)at)
                        acc += mn_conv_transpose_dot(pixels + (size_t)column * p->in_channels, w, inputs, p->in_zero, p->weight_zero[c]);
                }
            }
            const int32_t steps = mn_round(mn_rounded((float)acc * p->scale[c])), zero = p->out_zero;
            out[(size_t)x * p->out_channels + c] = (int8_t)(mn_clamp(steps, p->out_min - zero, p->out_max - zero) + zero);
        }
    }
}
