/*
 * Convolution whose channels are in groups, of a multiple of four outputs each, two output pixels of a group at a time: every pixel under the window is a run of
 * inputs for mn_dot, which widens them. Each call of it is one pair: it would go on behind the outputs that it has written, which are not all of a pixel's.
 * stream: the records of each group, group_words of them. Rows may lie anywhere, null is a padding row. Scratch: 4 * taps bytes, the inputs of a pixel of
 * padding, and 2 * outputs of a group. Output may not overlap the rows.
 */
#define MN_GROUP_RUNS 25u

typedef struct {
    const uint32_t *stream;
    uint32_t group_words;
    uint32_t taps;
    uint16_t in_width;
    uint16_t in_channels;
    uint16_t out_channels;
    uint16_t groups;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride;
    uint16_t dilation;
    uint16_t pad_left;
    int16_t in_zero;
    int16_t out_min;
    int16_t out_max;
} mn_conv_grouped_dsp;

/* A run for each pixel under the windows of `column` and the next; `single`: the next has nothing but padding. */
MN_INLINE void mn_group_runs(const mn_conv_grouped_dsp *p, const int8_t *const *rows, uint32_t column, uint32_t single, uint32_t first, const int8_t *padding, mn_dot_run *run)
{
    const uint32_t channels = p->in_channels;
    for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
        const int8_t *const row = rows[ky];
        uint32_t at = column * p->stride - p->pad_left;
        for (uint32_t kx = 0; kx < p->kernel_width; kx++, at += p->dilation, run++) {
            const uint32_t next = at + p->stride;
            run->pixel0 = row == NULL || at >= p->in_width ? padding : row + (size_t)at * channels + first;
            run->pixel1 = row == NULL || single != 0u || next >= p->in_width ? padding : row + (size_t)next * channels + first;
            run->moves = 0u;
        }
    }
}

MN_KERNEL void mn_conv_grouped_s8_dsp(const mn_conv_grouped_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x1, void *scratch)
{
    const uint32_t inputs = (uint32_t)p->in_channels / p->groups, outputs = (uint32_t)p->out_channels / p->groups, taps = p->taps, quads = inputs >> 2;
    const uint32_t count = (uint32_t)p->kernel_height * p->kernel_width;
    uint32_t *x = (uint32_t *)scratch;
    int8_t *padding = (int8_t *)(x + taps), *spare = padding + ((inputs + 3u) & ~3u);
    mn_dot_run runs[MN_GROUP_RUNS];
    memset(padding, p->in_zero, inputs);
    memset(x + taps - 4, 0, 16);
    for (uint32_t g = 0; g < p->groups; g++) {
        const uint32_t *const stream = p->stream + (size_t)g * p->group_words;
        mn_dot dot = { stream, stream + p->group_words, x, x + taps, out + g * outputs, p->out_channels, quads, 0, 0, 1,
            runs, count, inputs & 3u, (uint16_t *)(x + (size_t)4u * quads * count), { NULL } };
        for (uint32_t column = 0; column < x1; column += 2u) {
            const uint32_t single = column + 1u == x1;
            mn_group_runs(p, rows, column, single, g * inputs, padding, runs);
            if (single != 0u) {
                dot.out = spare;
                dot.pitch = outputs;
            }
            mn_dot2_s8(&dot);
            if (single != 0u)
                memcpy(out + (size_t)column * p->out_channels + g * outputs, spare, outputs);
            dot.out += (size_t)2u * p->out_channels;
        }
    }
    mn_clamp_s8(out, (size_t)x1 * p->out_channels, p->out_min, p->out_max);
}
