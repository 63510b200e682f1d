/*
 * Pixels of a convolution with any window in float32. Weights: blocks of four channels [taps][inputs][4], then the channels that are left as
 * [taps][inputs]. Rows may lie anywhere, null is a padding row; output may not overlap them.
 */
typedef struct {
    mn_columns columns;
    uint32_t runs;
    uint32_t length;
    size_t offset;
    size_t step;
} mn_conv_f32_window;

/* Neighbouring columns are one run of inputs and weights; dilated ones are a run each. */
MN_INLINE mn_conv_f32_window mn_conv_f32_at(const mn_real *p, uint32_t x)
{
    const int32_t first = (int32_t)(x * p->stride) - (int32_t)p->pad_left;
    mn_conv_f32_window at = { mn_columns_inside(first, p->kernel_width, p->dilation, p->in_width), 1u, 0u, 0u, (size_t)p->dilation * p->in_channels };
    const uint32_t columns = at.columns.end - at.columns.begin;
    at.length = columns * p->in_channels;
    if (p->dilation > 1u) {
        at.runs = columns;
        at.length = p->in_channels;
    }
    if (columns != 0u)
        at.offset = (size_t)(first + (int32_t)(at.columns.begin * p->dilation)) * p->in_channels;
    return at;
}

/* `next` is from a pixel's inputs to those of its neighbour, or 0 for one pixel. */
MN_INLINE void mn_conv_f32_pixels(const mn_real *p, const int8_t *const *rows, const mn_conv_f32_window *at, size_t next, float *out)
{
    const uint32_t channels = p->out_channels, inputs = p->in_channels, whole = channels & ~3u;
    const size_t taps = (size_t)p->kernel_height * p->kernel_width * inputs, line = (size_t)p->kernel_width * inputs, begin = (size_t)at->columns.begin * inputs;
    const float *w = p->weights;
    uint32_t c;
    for (c = 0; c < whole; c += 4u, w += 4u * taps) {
        const float *b = p->bias + c;
        float sums[8] = { b[0], b[1], b[2], b[3], b[0], b[1], b[2], b[3] };
        for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
            if (rows[ky] == NULL)
                continue;
            const float *x = (const float *)(const void *)rows[ky] + at->offset, *v = w + 4u * (ky * line + begin);
            for (uint32_t run = 0; run < at->runs; run++, x += at->step, v += 4u * at->length)
                mn_real_sums4(sums, x, next != 0u ? x + next : NULL, v, at->length);
        }
        for (uint32_t i = 0; i < 4u; i++) {
            out[c + i] = mn_limit(sums[i], p->low, p->high);
            if (next != 0u)
                out[channels + c + i] = mn_limit(sums[4u + i], p->low, p->high);
        }
    }
    for (c = whole; c < channels; c++, w += taps) {
        float sum = p->bias[c], second = sum;
        for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
            if (rows[ky] == NULL)
                continue;
            const float *x = (const float *)(const void *)rows[ky] + at->offset, *v = w + (ky * line + begin);
            for (uint32_t run = 0; run < at->runs; run++, x += at->step, v += at->length) {
                sum = mn_real_sum(sum, x, v, at->length);
                if (next != 0u)
                    second = mn_real_sum(second, x + next, v, at->length);
            }
        }
        out[c] = mn_limit(sum, p->low, p->high);
        if (next != 0u)
            out[channels + c] = mn_limit(second, p->low, p->high);
    }
}

/* Whether the same columns of the window lie inside. */
MN_INLINE uint32_t mn_conv_f32_alike(const mn_conv_f32_window *a, const mn_conv_f32_window *b)
{
    return a->columns.begin == b->columns.begin && a->columns.end == b->columns.end;
}
