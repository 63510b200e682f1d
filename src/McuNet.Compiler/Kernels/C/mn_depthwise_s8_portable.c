/*
 * Depthwise convolution, one output channel per input channel, any window. Weights: [channels / 4][taps][4], then the channels that
 * are left as [rest][taps]. Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 *
 * Four channels of a pixel at a time. A padding row is four bytes of padding read with step 0; kernel columns outside of
 * [begin, end) are padding too, which only pixels at the sides test for. offset is that of kernel column begin in a row.
 */
#define MN_DEPTHWISE_TAP(x, w) \
    do { \
        a0 += (x)[0] * (w)[0]; \
        a1 += (x)[1] * (w)[1]; \
        a2 += (x)[2] * (w)[2]; \
        a3 += (x)[3] * (w)[3]; \
    } while (0)

MN_INLINE void mn_depthwise_pixel_s8(const mn_conv *p, const int8_t *const *rows, size_t offset, uint32_t begin, uint32_t end, int8_t *out,
    int32_t whole)
{
    const int8_t pad = (int8_t)p->in_zero, padding[4] = { pad, pad, pad, pad };
    const uint32_t channels = p->out_channels, height = p->kernel_height, width = p->kernel_width;
    const size_t step = (size_t)p->dilation * channels;
    const int8_t *w = p->weights;
    uint32_t c, ky, kx;
    for (c = 0; c + 4u <= channels; c += 4u) {
        int32_t a0 = p->bias[c], a1 = p->bias[c + 1u], a2 = p->bias[c + 2u], a3 = p->bias[c + 3u];
        for (ky = 0; ky < height; ky++) {
            const int8_t *x = rows[ky];
            size_t s = step;
            if (x == NULL)
                x = padding, s = 0;
            else
                x += offset + c;
            if (!whole) {
                for (kx = 0; kx < width; kx++) {
                    const int32_t inside = kx >= begin && kx < end;
                    const int8_t *tap = inside ? x : padding;
                    MN_DEPTHWISE_TAP(tap, w);
                    x += inside ? s : 0u;
                    w += 4;
                }
            } else if (width == 3u) {
                MN_DEPTHWISE_TAP(x, w);
                x += s;
                MN_DEPTHWISE_TAP(x, w + 4);
                x += s;
                MN_DEPTHWISE_TAP(x, w + 8);
                w += 12;
            } else {
                for (kx = width; kx != 0u; kx--) {
                    MN_DEPTHWISE_TAP(x, w);
                    x += s;
                    w += 4;
                }
            }
        }
        {
            const int32_t acc[4] = { a0, a1, a2, a3 };
            mn_requantize4(out + c, acc, p->scale + c, p->out_zero, p->out_min, p->out_max);
        }
    }
    for (; c < channels; c++) {
        int32_t acc = p->bias[c];
        for (ky = 0; ky < height; ky++) {
            for (kx = 0; kx < width; kx++) {
                const int32_t inside = rows[ky] != NULL && kx >= begin && kx < end;
                acc += (inside ? rows[ky][offset + (kx - begin) * step + c] : pad) * *w++;
            }
        }
        out[c] = (int8_t)mn_requantize(acc, p->scale[c], p->out_zero, p->out_min, p->out_max);
    }
}

MN_SHARED void mn_depthwise_whole_s8(const mn_conv *p, const int8_t *const *rows, size_t offset, int8_t *out)
{
    mn_depthwise_pixel_s8(p, rows, offset, 0u, p->kernel_width, out, 1);
}

MN_SHARED void mn_depthwise_side_s8(const mn_conv *p, const int8_t *const *rows, size_t offset, uint32_t begin, uint32_t end, int8_t *out)
{
    mn_depthwise_pixel_s8(p, rows, offset, begin, end, out, 0);
}

static void mn_depthwise_s8_portable(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
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
        if (end - begin == width)
            mn_depthwise_whole_s8(p, rows, offset, out + x0 * channels);
        else
            mn_depthwise_side_s8(p, rows, offset, begin, end, out + x0 * channels);
    }
}
