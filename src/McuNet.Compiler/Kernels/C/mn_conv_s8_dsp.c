/*
 * Convolution with any window, two output pixels at a time: the inputs under the windows are widened into scratch, mn_conv_window.h, then all
 * channels by mn_dot. Rows may lie anywhere, null is a padding row. Output may not overlap the rows. Where channels are a multiple of four, the last
 * `kept` records of the stream are read from `state`, mn_dot_stage.h.
 */
MN_KERNEL void mn_conv_s8_dsp(const mn_conv_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x1, uint32_t step, void *scratch, int32_t *state)
{
    const uint32_t channels = p->out_channels;
    const uint32_t *const end = p->stream + p->stream_words, *const kept = end - p->kept * (9u + p->taps);
    uint32_t *const kept_at = (uint32_t *)(void *)state;
    uint32_t *x = (uint32_t *)scratch, column = 0;
    int8_t *spare = (int8_t *)(x + p->taps);
    mn_dot_run runs[MN_CONV_ROWS];
    const mn_conv_window window = mn_conv_begin(p, rows, scratch, runs);
    if (step == 0u && kept != end)
        mn_stage(kept_at, kept, end);
    while (column + 2u <= x1) {
        mn_dot dot = mn_conv_dot(p, x, out + (size_t)column * channels);
        if (kept != end) {
            const uint32_t *const places[6] = { p->stream, kept, kept, kept, kept_at, kept_at + (end - kept) };
            mn_dot_parts(&dot, places);
        }
        dot.count = mn_conv_inside(p, column, (x1 - column) >> 1);
        if (dot.count != 0u) {
            mn_conv_widen_inside(p, &window, runs, column, &dot);
        } else {
            dot.count = 1;
            mn_conv_widen_edge(p, &window, column, x);
        }
        mn_conv_pixels(p, &dot, 2, spare);
        column += 2u * dot.count;
    }
    if (column < x1) {
        mn_dot dot = mn_conv_dot(p, x, out + (size_t)column * channels);
        dot.x_end = x + (p->taps >> 1);
        mn_conv_widen_single(p, &window, column, x);
        if (kept != end)
            mn_dot1_parts(&dot, kept, kept_at);
        else
            mn_conv_pixels(p, &dot, 1, spare);
    }
    mn_clamp_s8(out, (size_t)x1 * channels, p->out_min, p->out_max);
}
