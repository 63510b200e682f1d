/*
 * Convolution in groups in float32: as many output channels each read a run of as many inputs. Weights: [out_channels][taps][inputs of a group]. Rows may
 * lie anywhere, null is a padding row; output may not overlap them.
 */
MN_KERNEL void mn_conv_grouped_f32_portable(const mn_real *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t depth = p->in_channels / p->groups, outputs = p->out_channels / p->groups;
    for (out += (size_t)x0 * p->out_channels; x0 < x1; x0++) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        const mn_columns inside = mn_columns_inside(first, p->kernel_width, p->dilation, p->in_width);
        const float *kernel = p->weights;
        for (uint32_t c = 0; c < p->out_channels; c++) {
            float sum = p->bias[c];
            for (uint32_t ky = 0; ky < p->kernel_height; ky++, kernel += (size_t)p->kernel_width * depth) {
                const float *row = (const float *)(const void *)rows[ky];
                for (uint32_t kx = inside.begin; kx < inside.end && row != NULL; kx++)
                    sum = mn_real_sum(sum, row + (size_t)(first + (int32_t)(kx * p->dilation)) * p->in_channels + (size_t)(c / outputs) * depth, kernel + (size_t)kx * depth, depth);
            }
            *out++ = mn_limit(sum, p->low, p->high);
        }
    }
}
