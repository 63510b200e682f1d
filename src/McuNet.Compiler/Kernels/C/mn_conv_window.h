/*
 * Windows of convolutions that run on mn_dot, widened into scratch. Taps there: the whole quads of each kernel row's run of
 * kernel_width * in_channels inputs, then what is left of all runs. Scratch: 4 * taps + 8 bytes, and three runs, each rounded up to 4 bytes.
 */
#define MN_CONV_ROWS 12u

typedef struct {
    const int8_t *const *rows;
    int8_t *edge;
    const int8_t *padding;
    uint32_t run;
    uint32_t quads;
    uint32_t rest;
} mn_conv_window;

/* The run of inputs under a kernel row whose window begins at column `first`, clipped into `edge` where it leaves the input. */
MN_INLINE const int8_t *mn_conv_run(const mn_conv_dsp *p, const mn_conv_window *w, const int8_t *row, int32_t first, int8_t *edge)
{
    const size_t channels = p->in_channels;
    if (row == NULL)
        return w->padding;
    if (p->dilation == 1u && first >= 0 && first + (int32_t)p->kernel_width <= (int32_t)p->in_width)
        return row + (size_t)first * channels;
    for (uint32_t kx = 0; kx < p->kernel_width; kx++) {
        const int32_t column = first + (int32_t)(kx * p->dilation);
        const int8_t *from = (uint32_t)column < p->in_width ? row + (size_t)column * channels : w->padding;
        mn_copy_s8(edge + kx * channels, from, (uint32_t)channels);
    }
    return edge;
}

/* Two outputs of which at least one leaves the input. */
MN_INLINE void mn_conv_widen_edge(const mn_conv_dsp *p, const mn_conv_window *w, uint32_t column, uint32_t *x)
{
    const int32_t first = (int32_t)(column * p->stride) - (int32_t)p->pad_left, second = first + (int32_t)p->stride;
    uint16_t *tail = (uint16_t *)(x + (size_t)p->kernel_height * w->quads * 4u);
    for (uint32_t ky = 0; ky < p->kernel_height; ky++, x += 4u * w->quads) {
        const int8_t *from0 = mn_conv_run(p, w, w->rows[ky], first, w->edge);
        const int8_t *from1 = mn_conv_run(p, w, w->rows[ky], second, w->edge + ((w->run + 3u) & ~3u));
        mn_widen2_s8(x, from0, w->quads);
        mn_widen2_s8(x + 1, from1, w->quads);
        for (uint32_t i = 4u * w->quads; i < w->run; i++) {
            tail[0] = (uint16_t)from0[i];
            tail[2] = (uint16_t)from1[i];
            tail += ((uintptr_t)tail & 2u) == 0u ? 1 : 3;
        }
    }
}

/* The last output of an odd number. */
MN_INLINE void mn_conv_widen_single(const mn_conv_dsp *p, const mn_conv_window *w, uint32_t column, uint32_t *x)
{
    const int32_t first = (int32_t)(column * p->stride) - (int32_t)p->pad_left;
    uint16_t *tail = (uint16_t *)(x + (size_t)p->kernel_height * w->quads * 2u);
    for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
        const int8_t *from = mn_conv_run(p, w, w->rows[ky], first, w->edge);
        x = mn_widen1_s8(x, from, w->quads);
        for (uint32_t i = 0; i < w->rest; i++)
            *tail++ = (uint16_t)from[4u * w->quads + i];
    }
    while (((uintptr_t)tail & 7u) != ((uintptr_t)x & 7u))
        *tail++ = 0;
}

/* Pairs from `column` on whose windows stay inside the input, at most `most`. */
MN_INLINE uint32_t mn_conv_inside(const mn_conv_dsp *p, uint32_t column, uint32_t most)
{
    const int32_t first = (int32_t)(column * p->stride) - (int32_t)p->pad_left, step = 2 * (int32_t)p->stride;
    const int32_t left = (int32_t)p->in_width - (int32_t)p->kernel_width - (int32_t)p->stride - first;
    if (p->dilation != 1u || first < 0 || left < 0 || p->kernel_height > MN_CONV_ROWS)
        return 0;
    const uint32_t pairs = (uint32_t)(left / step) + 1u;
    return pairs < most ? pairs : most;
}

/* The window of a row of outputs, and a run of each kernel row for mn_dot. Clears what of scratch counts as padding. */
MN_INLINE mn_conv_window mn_conv_begin(const mn_conv_dsp *p, const int8_t *const *rows, void *scratch, mn_dot_run *runs)
{
    const uint32_t run = (uint32_t)p->kernel_width * p->in_channels, rounded = (run + 3u) & ~3u;
    uint32_t *x = (uint32_t *)scratch;
    int8_t *edge = (int8_t *)(x + p->taps) + 8;
    const mn_conv_window window = { rows, edge, edge + 2u * rounded, run, run >> 2, run & 3u };
    memset(edge + 2u * rounded, p->in_zero, run);
    memset(x + p->taps - 4, 0, 16);
    for (uint32_t ky = 0; ky < p->kernel_height && ky < MN_CONV_ROWS; ky++) {
        const int8_t *row = rows[ky] == NULL ? window.padding : rows[ky];
        const mn_dot_run entry = { row, rows[ky] == NULL ? row : row + (size_t)p->stride * p->in_channels, rows[ky] == NULL ? 0u : ~0u };
        runs[ky] = entry;
    }
    return window;
}

/* Lets mn_dot widen the windows of pairs from `column` on, none of which leaves the input. */
MN_INLINE void mn_conv_widen_inside(const mn_conv_dsp *p, const mn_conv_window *w, const mn_dot_run *runs, uint32_t column, mn_dot *dot)
{
    dot->quads = w->quads;
    dot->offset = (column * p->stride - p->pad_left) * p->in_channels;
    dot->step = 2u * (uint32_t)p->stride * p->in_channels;
    dot->runs = runs;
    dot->run_count = p->kernel_height == 3u && w->run == 9u ? MN_DOT_NINES : p->kernel_height;
    dot->rest = w->rest;
    dot->tail = (uint16_t *)(dot->x + (size_t)p->kernel_height * w->quads * 4u);
}
