/*
 * Convolution whose weights have zero points, any window, two output pixels at a time: as mn_conv_s8_dsp, with the sums of the inputs behind
 * them, mn_dot_sums.h. `taps` counts inputs and sums. Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
/* Sums the widened inputs of a pixel and writes the sum behind them. */
MN_SHARED void mn_conv_put_sum_widened(uint32_t *x, uint32_t inputs, uint32_t pixels)
{
    const uint32_t *word = x;
    int32_t sum = 0;
    for (uint32_t left = inputs >> 1; left != 0u; left--, word += pixels)
        sum += (int16_t)(uint16_t)*word + (int16_t)(uint16_t)(*word >> 16);
    mn_put_sum(x, inputs, pixels, (inputs & 1u) != 0u ? sum + (int16_t)(uint16_t)*word : sum);
}

MN_KERNEL void mn_conv_s8_dsp_asym(const mn_conv_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->out_channels, run = (uint32_t)p->kernel_width * p->in_channels, inputs = run * p->kernel_height;
    uint32_t *x = (uint32_t *)scratch, column = 0, inside = 0;
    int8_t *spare = (int8_t *)(x + p->taps);
    mn_dot_run runs[MN_CONV_ROWS];
    const mn_conv_window window = mn_conv_begin(p, rows, scratch, runs);
    for (; column + 2u <= x1; column += 2u) {
        mn_dot dot = mn_conv_dot(p, x, out + (size_t)column * channels);
        if (inside == 0u)
            inside = mn_conv_inside(p, column, (x1 - column) >> 1);
        if (inside != 0u) {
            inside--;
            mn_conv_widen_inside(p, &window, runs, column, &dot);
            mn_put_sums(x, runs, p->kernel_height, run, dot.offset);
        } else {
            mn_conv_widen_edge(p, &window, column, x);
            mn_conv_put_sum_widened(x, inputs, 2);
            mn_conv_put_sum_widened(x + 1, inputs, 2);
        }
        mn_conv_pixels(p, &dot, 2, spare);
    }
    if (column < x1) {
        mn_dot dot = mn_conv_dot(p, x, out + (size_t)column * channels);
        dot.x_end = x + (p->taps >> 1);
        memset(x + (p->taps >> 1) - 2, 0, 8);
        mn_conv_widen_single(p, &window, column, x);
        mn_conv_put_sum_widened(x, inputs, 1);
        mn_conv_pixels(p, &dot, 1, spare);
    }
    mn_clamp_s8(out, (size_t)x1 * channels, p->out_min, p->out_max);
}
