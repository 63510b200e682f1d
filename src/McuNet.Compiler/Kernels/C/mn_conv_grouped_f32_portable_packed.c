/*
 * Convolution in groups in float32 by packed weights: as many output channels each read a run of as many inputs. Weights: [out_channels][taps][inputs of
 * a group]. Rows may lie anywhere, null is a padding row; output may not overlap them.
 */
MN_KERNEL void mn_conv_grouped_f32_portable_packed(const mn_real_packed *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t depth = p->in_channels / p->groups, outputs = p->out_channels / p->groups;
    const mn_packed weights = mn_real_packed_weights(p, depth);
    for (out += (size_t)x0 * p->out_channels; x0 < x1; x0++) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        const mn_columns inside = mn_columns_inside(first, p->kernel_width, p->dilation, p->in_width);
        for (uint32_t c = 0; c < p->out_channels; c++) {
            float sum = p->bias[c];
            for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
                const float *row = (const float *)(const void *)rows[ky];
                for (uint32_t kx = inside.begin; kx < inside.end && row != NULL; kx++)
                    sum = mn_packed_sum(&weights, sum, row + (size_t)(first + (int32_t)(kx * p->dilation)) * p->in_channels + (size_t)(c / outputs) * depth, c,
                        (ky * p->kernel_width + kx) * depth, depth);
            }
            *out++ = mn_limit(sum, p->low, p->high);
        }
    }
}
