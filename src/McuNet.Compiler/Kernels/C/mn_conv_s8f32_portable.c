/* Convolution of int8 with any window to real numbers. Rows may lie anywhere, null is a padding row; output may not overlap them. */
MN_KERNEL void mn_conv_s8f32_portable(const mn_real_of_s8 *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t inputs = p->in_channels;
    for (out += (size_t)x0 * p->out_channels; x0 < x1; x0++) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        const mn_columns inside = mn_columns_inside(first, p->kernel_width, p->dilation, p->in_width);
        const int8_t *kernel = p->weights;
        for (uint32_t c = 0; c < p->out_channels; c++) {
            int64_t sum = p->bias[c];
            for (uint32_t ky = 0; ky < p->kernel_height; ky++, kernel += (size_t)p->kernel_width * inputs) {
                for (uint32_t kx = inside.begin; kx < inside.end && rows[ky] != NULL; kx++)
                    sum = mn_real_of_s8_sum(sum, rows[ky] + (size_t)(first + (int32_t)(kx * p->dilation)) * inputs, kernel + (size_t)kx * inputs, inputs, p->in_zero, p->weight_zero[c]);
            }
            *out++ = mn_real_of_s8_result(p, sum, c);
        }
    }
}
