/*
 * 1 x 1 convolution without padding, any stride, two output pixels at a time: inputs widened into scratch, then all channels by mn_dot.
 * Scratch: 4 * in_channels rounded up to 4, plus 8 bytes. Joined rows are one long row. Output may not overlap the input.
 */
typedef struct {
    const uint32_t *stream;
    uint16_t in_channels;
    uint16_t out_channels;
    uint16_t stride;
    int8_t out_min;
    int8_t out_max;
} mn_pointwise_dsp;

MN_KERNEL void mn_pointwise_s8_dsp(const mn_pointwise_dsp *p, const int8_t *row, int8_t *out, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->in_channels, quads = channels >> 2, rest = channels & 3u, pairs = x1 >> 1, taps = (channels + 3u) & ~3u;
    const size_t step = (size_t)p->stride * channels;
    uint32_t *x = (uint32_t *)scratch;
    int8_t *spare = (int8_t *)(x + taps);
    const mn_dot_run run = { row, row + step, ~0u };
    const uint32_t *end = p->stream + ((p->out_channels + 3u) >> 2) * (9u + taps);
    mn_dot dot = { p->stream, end, x, x + taps, out, p->out_channels, quads, 0, (uint32_t)(2u * step), pairs, &run, 1, rest, (uint16_t *)(x + 4u * quads) };
    if (pairs != 0u) {
        if (rest != 0u)
            memset(x + taps - 4, 0, 16);
        mn_dot_pixels(&dot, p->out_channels, taps, 2, spare);
    }
    if ((x1 & 1u) != 0u) {
        const int8_t *last = row + 2u * pairs * step;
        uint32_t *tail = mn_widen1_s8(x, last, quads);
        if (rest != 0u)
            mn_widen_rest(tail, last + 4u * quads, rest, 1);
        dot.x_end = x + (taps >> 1);
        dot.out = out + (size_t)2u * pairs * p->out_channels;
        dot.count = 1;
        dot.run_count = 0;
        mn_dot_pixels(&dot, p->out_channels, taps, 1, spare);
    }
    mn_clamp_s8(out, (size_t)x1 * p->out_channels, p->out_min, p->out_max);
}
