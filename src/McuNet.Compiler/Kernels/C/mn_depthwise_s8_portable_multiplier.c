/*
 * Depthwise convolution in general: out_channels is a multiple of in_channels, weights may have zero points (weight_zero null: none).
 * Weights: [out_channels][taps]. Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
/* Sum of count weights less their zero point, which padding is multiplied with. */
MN_INLINE int32_t mn_depthwise_padded(const int8_t *w, uint32_t count, int32_t zero)
{
    int32_t sum = 0;
    for (uint32_t k = 0; k < count; k++)
        sum += w[k] - zero;
    return sum;
}

/* One output channel of a pixel; `from` is its input channel. */
MN_INLINE int32_t mn_depthwise_multiplied(const mn_conv *p, const int8_t *const *rows, const mn_depthwise_inside *in, uint32_t from, const int8_t *w,
    int32_t zero)
{
    const uint32_t width = p->kernel_width;
    const size_t step = (size_t)p->dilation * p->in_channels;
    int32_t acc = 0, padded = 0;
    for (uint32_t ky = 0; ky < p->kernel_height; ky++, w += width) {
        const int8_t *x = rows[ky];
        if (x == NULL) {
            padded += mn_depthwise_padded(w, width, zero);
            continue;
        }
        x += in->offset + from;
        for (uint32_t kx = in->begin; kx < in->end; kx++, x += step)
            acc += *x * (w[kx] - zero);
        if (in->end - in->begin != width)
            padded += mn_depthwise_padded(w, in->begin, zero) + mn_depthwise_padded(w + in->end, width - in->end, zero);
    }
    return acc + p->in_zero * padded;
}

MN_KERNEL void mn_depthwise_s8_portable_multiplier(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->in_channels, multiplier = p->out_channels / channels, taps = (uint32_t)p->kernel_height * p->kernel_width;
    out += x0 * p->out_channels;
    for (; x0 < x1; x0++) {
        const mn_depthwise_inside inside = mn_depthwise_columns(p, x0);
        const int8_t *w = p->weights;
        uint32_t c = 0;
        for (uint32_t in = 0; in < channels; in++)
            for (uint32_t copy = 0; copy < multiplier; copy++, c++, w += taps) {
                const int32_t zero = p->weight_zero != NULL ? p->weight_zero[c] : 0;
                const int32_t acc = p->bias[c] + mn_depthwise_multiplied(p, rows, &inside, in, w, zero);
                *out++ = (int8_t)mn_requantize(acc, p->scale[c], p->out_zero, p->out_min, p->out_max);
            }
    }
}
