/*
 * 1 x 1 convolution whose weights have zero points, any stride, two output pixels at a time: inputs widened into scratch, behind them their
 * sums, mn_dot_sums.h, then all channels by mn_dot. `taps` counts inputs and sums. Scratch: 4 * taps + 8 bytes. Joined rows are one long row.
 * Output may not overlap the input.
 */
MN_KERNEL void mn_pointwise_s8_dsp_asym(const mn_conv_dsp *p, const int8_t *row, int8_t *out, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->in_channels, quads = channels >> 2, rest = channels & 3u;
    const size_t step = (size_t)p->stride * channels;
    uint32_t *x = (uint32_t *)scratch, column = 0;
    int8_t *spare = (int8_t *)(x + p->taps);
    const int8_t *in = row;
    mn_dot_run run = { in, in + step, 0u };
    mn_dot dot = mn_conv_dot(p, x, out);
    dot.quads = quads;
    dot.runs = &run;
    dot.run_count = 1;
    dot.rest = rest;
    dot.tail = (uint16_t *)(x + 4u * quads);
    memset(x + p->taps - 4, 0, 16);
    for (; column + 2u <= x1; column += 2u, in += 2u * step, dot.out += 2u * p->out_channels) {
        run.pixel0 = in;
        run.pixel1 = in + step;
        mn_put_sums(x, &run, 1, channels, 0);
        mn_conv_pixels(p, &dot, 2, spare);
    }
    if (column < x1) {
        dot.x_end = x + (p->taps >> 1);
        dot.run_count = 0;
        memset(x + (p->taps >> 1) - 2, 0, 8);
        uint32_t *tail = mn_widen1_s8(x, in, quads);
        if (rest != 0u)
            mn_widen_rest(tail, in + 4u * quads, rest, 1);
        mn_put_sum(x, channels, 1, mn_sum_s8(in, channels));
        mn_conv_pixels(p, &dot, 1, spare);
    }
    mn_clamp_s8(out, (size_t)x1 * p->out_channels, p->out_min, p->out_max);
}
