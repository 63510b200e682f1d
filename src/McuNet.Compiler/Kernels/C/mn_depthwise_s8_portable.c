/*
 * Depthwise convolution, one output channel per input channel, any window. Weights: [channels / 4][taps][4], then the channels that
 * are left as [rest][taps]. Scratch: in_channels bytes, a pixel of padding. Rows may lie anywhere, null is a padding row.
 * Output may not overlap the rows.
 *
 * Taps are found through one pointer and one step per kernel row: padding is the pixel in scratch with step 0. Pixels whose window
 * leaves the input at the sides take one kernel column at a time, by the same code with the columns clipped and padding first.
 */
MN_INLINE void mn_depthwise_s8_taps(int32_t *acc, const int8_t *x, const int8_t *w, uint32_t taps, size_t step)
{
    int32_t a0 = acc[0], a1 = acc[1], a2 = acc[2], a3 = acc[3];
    for (; taps != 0u; taps--) {
        a0 += x[0] * w[0];
        a1 += x[1] * w[1];
        a2 += x[2] * w[2];
        a3 += x[3] * w[3];
        x += step;
        w += 4;
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
}

static void mn_depthwise_s8_portable(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->out_channels, height = p->kernel_height, width = p->kernel_width;
    const int32_t dilation = p->dilation;
    const size_t step = (size_t)dilation * channels;
    const int32_t zero = p->out_zero, low = p->out_min, high = p->out_max;
    const int8_t pad = (int8_t)p->in_zero, padding[4] = { pad, pad, pad, pad };
    out += x0 * channels;
    for (; x0 < x1; x0++) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        const int8_t *w = p->weights;
        uint32_t begin = 0, end = width, c, ky, kx;
        while (begin < width && first + (int32_t)begin * dilation < 0)
            begin++;
        while (end > begin && first + (int32_t)(end - 1u) * dilation >= (int32_t)p->in_width)
            end--;
        const size_t offset = begin < end ? (size_t)(first + (int32_t)begin * dilation) * channels : 0u;
        for (c = 0; c + 4u <= channels; c += 4u) {
            int32_t acc[4] = { p->bias[c], p->bias[c + 1u], p->bias[c + 2u], p->bias[c + 3u] };
            for (ky = 0; ky < height; ky++) {
                if (rows[ky] == NULL) {
                    mn_depthwise_s8_taps(acc, padding, w, width, 0);
                } else {
                    if (begin != 0u)
                        mn_depthwise_s8_taps(acc, padding, w, begin, 0);
                    mn_depthwise_s8_taps(acc, rows[ky] + offset + c, w + 4u * begin, end - begin, step);
                    if (end != width)
                        mn_depthwise_s8_taps(acc, padding, w + 4u * end, width - end, 0);
                }
                w += 4u * width;
            }
            out[c] = (int8_t)mn_requantize(acc[0], p->scale[c], zero, low, high);
            out[c + 1u] = (int8_t)mn_requantize(acc[1], p->scale[c + 1u], zero, low, high);
            out[c + 2u] = (int8_t)mn_requantize(acc[2], p->scale[c + 2u], zero, low, high);
            out[c + 3u] = (int8_t)mn_requantize(acc[3], p->scale[c + 3u], zero, low, high);
        }
        for (; c < channels; c++) {
            int32_t acc = p->bias[c];
            for (ky = 0; ky < height; ky++) {
                for (kx = 0; kx < width; kx++) {
                    const int32_t inside = rows[ky] != NULL && kx >= begin && kx < end;
                    acc += (inside ? rows[ky][offset + (kx - begin) * step + c] : p->in_zero) * *w++;
                }
            }
            out[c] = (int8_t)mn_requantize(acc, p->scale[c], zero, low, high);
        }
        out += channels;
    }
}
