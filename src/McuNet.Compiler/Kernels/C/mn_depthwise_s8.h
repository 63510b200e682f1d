/*
 * Depthwise convolution, one output channel per input channel, any window. Weights: [channels / 4][taps][4], then the channels that
 * are left as [rest][taps]; weight_zero is null for symmetric ones. Rows may lie anywhere, null is a padding row. Output may not overlap the
 * rows.
 *
 * Four channels of a pixel at a time. A padding row is four bytes of padding read with step 0; kernel columns outside of
 * [begin, end) are padding too, which only pixels at the sides test for. offset is that of kernel column begin in a row.
 */
#define MN_DEPTHWISE_TAP(x, w) \
    do { \
        a0 += (x)[0] * ((w)[0] - z0); \
        a1 += (x)[1] * ((w)[1] - z1); \
        a2 += (x)[2] * ((w)[2] - z2); \
        a3 += (x)[3] * ((w)[3] - z3); \
    } while (0)

MN_INLINE void mn_depthwise_pixel_s8(const mn_conv *p, const int8_t *const *rows, size_t offset, uint32_t begin, uint32_t end, int8_t *out,
    int32_t whole, const int8_t *weight_zero)
{
    const int8_t pad = (int8_t)p->in_zero, padding[4] = { pad, pad, pad, pad };
    const uint32_t channels = p->out_channels, height = p->kernel_height, width = p->kernel_width;
    const size_t step = (size_t)p->dilation * channels;
    const int8_t *w = p->weights;
    uint32_t c, ky, kx;
    for (c = 0; c + 4u <= channels; c += 4u) {
        int32_t a0 = p->bias[c], a1 = p->bias[c + 1u], a2 = p->bias[c + 2u], a3 = p->bias[c + 3u], z0 = 0, z1 = 0, z2 = 0, z3 = 0;
        if (weight_zero != NULL)
            z0 = weight_zero[c], z1 = weight_zero[c + 1u], z2 = weight_zero[c + 2u], z3 = weight_zero[c + 3u];
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
        const int32_t zero = weight_zero != NULL ? weight_zero[c] : 0;
        int32_t acc = p->bias[c];
        for (ky = 0; ky < height; ky++) {
            for (kx = 0; kx < width; kx++) {
                const int32_t inside = rows[ky] != NULL && kx >= begin && kx < end;
                acc += (inside ? rows[ky][offset + (kx - begin) * step + c] : pad) * (*w++ - zero);
            }
        }
        out[c] = (int8_t)mn_requantize(acc, p->scale[c], p->out_zero, p->out_min, p->out_max);
    }
}
