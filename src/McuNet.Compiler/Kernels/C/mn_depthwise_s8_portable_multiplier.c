/*
 * Depthwise convolution in general: out_channels is a multiple of in_channels, weights may have zero points (weight_zero null: none).
 * Weights: [out_channels][taps]. Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
static void mn_depthwise_s8_portable_multiplier(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->in_channels, multiplier = p->out_channels / channels;
    const int32_t height = p->kernel_height, width = p->kernel_width;
    out += x0 * p->out_channels;
    for (; x0 < x1; x0++) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        const int8_t *w = p->weights;
        uint32_t in, copy, c = 0;
        int32_t ky, kx;
        for (in = 0; in < channels; in++) {
            for (copy = 0; copy < multiplier; copy++, c++) {
                const int32_t weight_zero = p->weight_zero != NULL ? p->weight_zero[c] : 0;
                int32_t acc = p->bias[c];
                for (ky = 0; ky < height; ky++) {
                    const int8_t *row = rows[ky];
                    for (kx = 0; kx < width; kx++) {
                        const int32_t column = first + kx * p->dilation;
                        const int32_t inside = row != NULL && column >= 0 && column < (int32_t)p->in_width;
                        acc += (inside ? row[(size_t)column * channels + in] : p->in_zero) * (*w++ - weight_zero);
                    }
                }
                *out++ = (int8_t)mn_requantize(acc, p->scale[c], p->out_zero, p->out_min, p->out_max);
            }
        }
    }
}
