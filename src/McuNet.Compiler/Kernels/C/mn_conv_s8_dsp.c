/*
 * Convolution with any window, two output pixels at a time: the inputs under the windows are widened into scratch, then all channels by
 * mn_dot. Taps in scratch: the whole quads of each kernel row's run of kernel_width * in_channels inputs, then what is left of all runs.
 * Scratch: 4 * taps + 8 bytes, and two runs, each rounded up to 4 bytes. Rows may lie anywhere, null is a padding row. Output may not
 * overlap the rows.
 */
static void mn_conv_widen(const mn_conv_dsp *p, const int8_t *const *rows, uint32_t column, uint32_t *x, uint32_t step, int8_t *edge)
{
    const uint32_t channels = p->in_channels, run = p->kernel_width * channels, quads = run >> 2, rest = run & 3u;
    const int32_t first = (int32_t)(column * p->stride) - (int32_t)p->pad_left, width = p->in_width;
    const int32_t inside = p->dilation == 1u && first >= 0 && first + (int32_t)p->kernel_width <= width;
    const int8_t *padding = edge + ((run + 3u) & ~3u);
    uint16_t *tail = (uint16_t *)(x + (size_t)p->kernel_height * quads * 2u * step);
    uint32_t half = 0;
    for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
        const int8_t *from = rows[ky];
        if (from == NULL) {
            from = padding;
        } else if (inside) {
            from += (size_t)first * channels;
        } else {
            int8_t *to = edge;
            for (uint32_t kx = 0; kx < p->kernel_width; kx++, to += channels) {
                const int32_t at = first + (int32_t)(kx * p->dilation);
                if (at < 0 || at >= width)
                    memcpy(to, padding, channels);
                else
                    memcpy(to, from + (size_t)at * channels, channels);
            }
            from = edge;
        }
        x = step == 2u ? mn_widen2_s8(x, from, quads) : mn_widen1_s8(x, from, quads);
        from += 4u * quads;
        for (uint32_t i = 0; i < rest; i++, half++)
            tail[(half >> 1) * 2u * step + (half & 1u)] = (uint16_t)from[i];
    }
    for (; (half & 3u) != 0u; half++)
        tail[(half >> 1) * 2u * step + (half & 1u)] = 0;
}

static void mn_conv_s8_dsp(const mn_conv_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->out_channels, run = ((uint32_t)p->kernel_width * p->in_channels + 3u) & ~3u;
    uint32_t *x = (uint32_t *)scratch;
    int8_t *spare = (int8_t *)(x + p->taps), *edge = spare + 8;
    int8_t *to = out + (size_t)x0 * channels;
    uint32_t column = x0;
    memset(edge + run, p->in_zero, run);
    for (; column + 2u <= x1; column += 2u, to += 2u * channels) {
        mn_conv_widen(p, rows, column, x, 2, edge);
        mn_conv_widen(p, rows, column + 1u, x + 1, 2, edge);
        mn_conv_pixels(p, x, 2, to, spare);
    }
    if (column < x1) {
        mn_conv_widen(p, rows, column, x, 1, edge);
        mn_conv_pixels(p, x, 1, to, spare);
    }
    mn_clamp_s8(out + (size_t)x0 * channels, (size_t)(x1 - x0) * channels, p->out_min, p->out_max);
}
