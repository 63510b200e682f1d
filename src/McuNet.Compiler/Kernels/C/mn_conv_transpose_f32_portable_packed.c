/* As mn_conv_transpose_f32_portable, by packed weights. */
MN_KERNEL void mn_conv_transpose_f32_portable_packed(const mn_conv_transpose_packed *p, const float *in, uint32_t slots, float *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t inputs = p->group_inputs, row_floats = (uint32_t)p->in_width * p->in_channels;
    const mn_packed weights = { p->weights, p->scale, p->zero, (uint32_t)p->kernel_height * p->kernel_width * inputs, p->group, p->scales, p->bits, p->zeros };
    int32_t first_row, first_column;
    const uint32_t first_i = mn_conv_transpose_first((int32_t)(step + p->pad_top), p->stride_height, p->dilation_height, p->kernel_height, p->in_height, p->tap_rows, p->place_rows, &first_row);
    for (out += (size_t)x0 * p->out_channels; x0 < x1; x0++) {
        const uint32_t first_j = mn_conv_transpose_first((int32_t)(x0 + p->pad_left), p->stride_width, p->dilation_width, p->kernel_width, p->in_width, p->tap_columns, p->place_columns, &first_column);
        for (uint32_t c = 0; c < p->out_channels; c++) {
            const float *const group = in + (size_t)(c / p->group_outputs) * inputs;
            float sum = p->bias[c];
            int32_t row = first_row;
            for (uint32_t i = first_i; i < p->kernel_height && row >= 0; i += p->tap_rows, row -= p->place_rows) {
                const float *const pixels = group + (size_t)((uint32_t)row % slots) * row_floats;
                int32_t column = first_column;
                for (uint32_t j = first_j; j < p->kernel_width && column >= 0; j += p->tap_columns, column -= p->place_columns)
                    sum = mn_packed_sum(&weights, sum, pixels + (size_t)column * p->in_channels, c, (i * p->kernel_width + j) * inputs, inputs);
            }
            *out++ = mn_limit(sum, p->low, p->high);
        }
    }
}
