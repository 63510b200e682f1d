/*
 * 1 x 1 convolution without padding, any stride, two output pixels at a time: inputs widened into scratch, then all channels by mn_dot.
 * Scratch: 4 * taps + 8 bytes. Joined rows are one long row. Output may not overlap the input.
 */
static void mn_pointwise_s8_dsp(const mn_conv_dsp *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->in_channels, quads = channels >> 2, rest = channels & 3u, pairs = (x1 - x0) >> 1;
    const size_t step = (size_t)p->stride * channels;
    uint32_t *x = (uint32_t *)scratch;
    int8_t *spare = (int8_t *)(x + p->taps);
    const int8_t *in = row + x0 * step;
    const mn_dot_run run = { in, in + step, ~0u };
    int8_t *to = out + (size_t)x0 * p->out_channels;
    mn_dot dot = mn_conv_dot(p, x, to);
    if (pairs != 0u) {
        if (rest != 0u)
            memset(x + p->taps - 4, 0, 16);
        dot.quads = quads;
        dot.step = (uint32_t)(2u * step);
        dot.count = pairs;
        dot.runs = &run;
        dot.run_count = 1;
        dot.rest = rest;
        dot.tail = (uint16_t *)(x + 4u * quads);
        mn_conv_pixels(p, &dot, 2, spare);
    }
    if (((x1 - x0) & 1u) != 0u) {
        const int8_t *last = in + 2u * pairs * step;
        uint32_t *tail = mn_widen1_s8(x, last, quads);
        if (rest != 0u)
            mn_widen_rest(tail, last + 4u * quads, rest, 1);
        dot = mn_conv_dot(p, x, to + (size_t)2u * pairs * p->out_channels);
        dot.x_end = x + (p->taps >> 1);
        mn_conv_pixels(p, &dot, 1, spare);
    }
    mn_clamp_s8(to, (size_t)(x1 - x0) * p->out_channels, p->out_min, p->out_max);
}
