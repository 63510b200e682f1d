/*
 * Depthwise convolution, one output channel per input channel, any window: four channels of a pixel at a time, the last block under
 * a predicate. Weights: [channels / 4][taps][4], the last block as [taps][channels % 4]. Rows may lie anywhere, null is a padding row.
 * Output may not overlap the rows.
 *
 * The input zero point is folded into the bias, so a padding tap adds in_zero times its weight.
 */
MN_INLINE int32x4_t mn_depthwise_pad_s8_mve(int32x4_t acc, const int8_t *w, uint32_t taps, uint32_t block, int32_t value, mve_pred16_t lanes)
{
    for (; taps != 0u; taps--) {
        acc = vmlaq_n_s32(acc, vldrbq_z_s32(w, lanes), value);
        w += block;
    }
    return acc;
}

MN_SHARED void mn_depthwise_pixel_s8_mve(const mn_conv *p, const int8_t *const *rows, size_t offset, uint32_t begin, uint32_t end, int8_t *out)
{
    const uint32_t channels = p->out_channels, height = p->kernel_height, width = p->kernel_width;
    const size_t step = (size_t)p->dilation * channels;
    const int8_t *w = p->weights;
    const int32_t pad = p->in_zero;
    uint32_t c, ky, kx;
    for (c = 0; c < channels; c += 4u) {
        const uint32_t block = channels - c < 4u ? channels - c : 4u;
        const mve_pred16_t lanes = vctp32q(block);
        int32x4_t acc = vldrwq_z_s32(p->bias + c, lanes);
        for (ky = 0; ky < height; ky++) {
            if (rows[ky] == NULL) {
                acc = mn_depthwise_pad_s8_mve(acc, w, width, block, pad, lanes);
                w += width * block;
                continue;
            }
            if (begin != 0u) {
                acc = mn_depthwise_pad_s8_mve(acc, w, begin, block, pad, lanes);
                w += begin * block;
            }
            const int8_t *x = rows[ky] + offset + c;
            for (kx = end - begin; kx != 0u; kx--) {
                acc = vmlaq_s32(acc, vldrbq_z_s32(x, lanes), vldrbq_z_s32(w, lanes));
                x += step;
                w += block;
            }
            if (end != width) {
                acc = mn_depthwise_pad_s8_mve(acc, w, width - end, block, pad, lanes);
                w += (width - end) * block;
            }
        }
        mn_requantize_mve(out + c, acc, vldrwq_z_f32(p->scale + c, lanes), p->out_zero, p->out_min, p->out_max, lanes);
    }
}

static void mn_depthwise_s8_mve(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->out_channels, width = p->kernel_width;
    const int32_t dilation = p->dilation;
    for (; x0 < x1; x0++) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        uint32_t begin = 0, end = width;
        while (begin < width && first + (int32_t)begin * dilation < 0)
            begin++;
        while (end > begin && first + (int32_t)(end - 1u) * dilation >= (int32_t)p->in_width)
            end--;
        const size_t offset = begin < end ? (size_t)(first + (int32_t)begin * dilation) * channels : 0u;
        mn_depthwise_pixel_s8_mve(p, rows, offset, begin, end, out + x0 * channels);
    }
}
