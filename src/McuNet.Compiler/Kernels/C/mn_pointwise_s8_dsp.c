/*
 * 1 x 1 convolution without padding, any stride, two output pixels at a time: inputs widened into scratch, then all channels by mn_dot.
 * Scratch: 4 * taps + 8 bytes. Joined rows are one long row. Output may not overlap the input.
 */
MN_INLINE void mn_pointwise_widen(const mn_conv_dsp *p, const int8_t *in, uint32_t *x, uint32_t step)
{
    const uint32_t channels = p->in_channels, quads = channels >> 2, rest = channels & 3u;
    x = step == 2u ? mn_widen2_s8(x, in, quads) : mn_widen1_s8(x, in, quads);
    if (rest != 0u)
        mn_widen_rest(x, in + 4u * quads, rest, step);
}

static void mn_pointwise_s8_dsp(const mn_conv_dsp *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->out_channels;
    const size_t step = (size_t)p->stride * p->in_channels;
    uint32_t *x = (uint32_t *)scratch;
    int8_t *spare = (int8_t *)(x + p->taps);
    const int8_t *in = row + x0 * step;
    int8_t *to = out + (size_t)x0 * channels;
    uint32_t left = x1 - x0;
    if (((p->in_channels | channels) & 3u) == 0u && left >= 2u) {
        const uint32_t pairs = left >> 1;
        const mn_dot dot = { p->stream, p->stream + p->stream_words, x, x + p->taps, to, to + channels, (uint32_t)p->in_channels >> 2, in, (uint32_t)step, pairs, channels };
        mn_dot2_s8(&dot);
        in += 2u * pairs * step;
        to += (size_t)2u * pairs * channels;
        left &= 1u;
    }
    for (; left >= 2u; left -= 2u) {
        mn_pointwise_widen(p, in, x, 2);
        mn_pointwise_widen(p, in + step, x + 1, 2);
        mn_conv_pixels(p, x, 2, to, spare);
        in += 2u * step;
        to += 2u * channels;
    }
    if (left != 0u) {
        mn_pointwise_widen(p, in, x, 1);
        mn_conv_pixels(p, x, 1, to, spare);
    }
    mn_clamp_s8(out + (size_t)x0 * channels, (size_t)(x1 - x0) * channels, p->out_min, p->out_max);
}
