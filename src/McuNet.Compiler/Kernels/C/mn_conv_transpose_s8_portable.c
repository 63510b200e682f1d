/* Sum of n products of neighbours. */
MN_INLINE int32_t mn_conv_transpose_dot(const int8_t *x, const int8_t *w, uint32_t n, int32_t in_zero, int32_t weight_zero)
{
    int32_t acc = 0;
    for (; n >= 4u; n -= 4u, x += 4, w += 4) {
        acc += (x[0] - in_zero) * (w[0] - weight_zero);
        acc += (x[1] - in_zero) * (w[1] - weight_zero);
        acc += (x[2] - in_zero) * (w[2] - weight_zero);
        acc += (x[3] - in_zero) * (w[3] - weight_zero);
    }
    for (; n != 0u; n--)
        acc += (*x++ - in_zero) * (*w++ - weight_zero);
    return acc;
}

/* The sum becomes a float32 at once, by one rounding; nearly every sum has 32 bits. */
MN_INLINE int8_t mn_conv_transpose_result(const mn_conv_transpose *p, int64_t acc, float scale)
{
    const int32_t sum = (int32_t)acc, zero = p->out_zero;
    if (sum == acc)
        return (int8_t)mn_requantize(sum, scale, zero, p->out_min, p->out_max);
    return (int8_t)(mn_clamp(mn_round(mn_rounded((float)acc * scale)), p->out_min - zero, p->out_max - zero) + zero);
}

/*
 * Transposed convolution, row `step` of the output: each pixel gathers the taps that fall on it. in has `slots` rows, row r in slot r mod slots; output
 * may not overlap it. A row of input is read where its window holds the output row.
 */
MN_KERNEL void mn_conv_transpose_s8_portable(const mn_conv_transpose *p, const int8_t *in, uint32_t slots, int8_t *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t inputs = (uint32_t)p->group_inputs, row_bytes = (uint32_t)p->in_width * p->in_channels;
    int32_t first_row, first_column;
    const uint32_t first_i = mn_conv_transpose_first((int32_t)(step + p->pad_top), p->stride_height, p->dilation_height, p->kernel_height, p->in_height, p->tap_rows, p->place_rows, &first_row);
    for (out += (size_t)x0 * p->out_channels; x0 < x1; x0++) {
        const uint32_t first_j = mn_conv_transpose_first((int32_t)(x0 + p->pad_left), p->stride_width, p->dilation_width, p->kernel_width, p->in_width, p->tap_columns, p->place_columns, &first_column);
        const int8_t *group = in, *kernel = p->weights + (size_t)first_j * inputs;
        for (uint32_t c = 0, left = p->group_outputs; c < p->out_channels; c++, left--) {
            int64_t acc = p->bias[c];
            if (left == 0u) {
                left = p->group_outputs;
                group += inputs;
            }
            const int32_t weight_zero = p->weight_zero[c];
            int32_t row = first_row;
            for (uint32_t i = first_i; i < p->kernel_height && row >= 0; i += p->tap_rows, row -= p->place_rows) {
                const int8_t *const pixels = group + (size_t)((uint32_t)row < slots ? (uint32_t)row : (uint32_t)row % slots) * row_bytes;
                const int8_t *w = kernel + (size_t)i * p->kernel_width * inputs;
                int32_t column = first_column;
                for (uint32_t j = first_j; j < p->kernel_width && column >= 0; j += p->tap_columns, column -= p->place_columns, w += p->tap_columns * inputs)
                    acc += weight_zero == 0 ? mn_conv_transpose_dot(pixels + (size_t)column * p->in_channels, w, inputs, p->in_zero, 0)
                        : mn_conv_transpose_dot(pixels + (size_t)column * p->in_channels, w, inputs, p->in_zero, weight_zero);
            }
            kernel += (size_t)p->kernel_height * p->kernel_width * inputs;
            *out++ = mn_conv_transpose_result(p, acc, p->scale[c]);
        }
    }
}
