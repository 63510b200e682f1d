/*
 * Depthwise over a block of rows, kernels five or seven columns wide, column stride 1 or 2, no dilation, at least four channels:
 * mn_depthwise_planes.h.
 *
 * Four outputs of a row at a time; each word of a line serves two kernel rows. Rows that begin in the middle of a line take weights that are
 * paired one row later. Lines that lie in the padding are left out. At stride 2 the columns of even number come first in each line.
 *
 * stream, per channel: start, m, then bytes: c in 16 bits, the zero point of the weights, the weights row by row (at stride 2 even columns of
 * a row first), padding to a word.
 * Scratch: `channels` rounded up to 4; per line 24 bytes, 48 at stride 2; 16 bytes per output row of the band; the paired weights of a
 * channel, 4 bytes each; lines * columns * 16 bytes, columns rounded up to 2 at stride 2. Output may not overlap the input.
 */
#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)
#include <arm_acle.h>

MN_INLINE void mn_depthwise_plane_channel(const mn_depthwise_plane *d)
{
#ifdef MN_DEPTHWISE_PLANE5
    if (d->half == 0u && d->width == 5u)
        mn_depthwise_plane5(d);
#endif
#ifdef MN_DEPTHWISE_PLANE7
    if (d->half == 0u && d->width == 7u)
        mn_depthwise_plane7(d);
#endif
#ifdef MN_DEPTHWISE_PLANE5BY2
    if (d->half != 0u && d->width == 5u)
        mn_depthwise_plane5by2(d);
#endif
#ifdef MN_DEPTHWISE_PLANE7BY2
    if (d->half != 0u && d->width == 7u)
        mn_depthwise_plane7by2(d);
#endif
}

/* Sign-extended even bytes, each less half of `zeros`, which holds minus the zero point twice. */
MN_INLINE uint32_t mn_even_bytes(uint32_t word, uint32_t zeros)
{
    return (uint32_t)__sxtab16((int32_t)zeros, (int32_t)word);
}

MN_INLINE uint32_t mn_odd_bytes(uint32_t word, uint32_t zeros)
{
    __asm("sxtab16 %[word], %[zeros], %[word], ror #8" : [word] "+r"(word) : [zeros] "r"(zeros));
    return word;
}

MN_INLINE uint32_t mn_low_halves(uint32_t a, uint32_t b)
{
    __asm("pkhbt %[a], %[a], %[b], lsl #16" : [a] "+r"(a) : [b] "r"(b));
    return a;
}

MN_INLINE uint32_t mn_high_halves(uint32_t a, uint32_t b)
{
    __asm("pkhtb %[a], %[b], %[a], asr #16" : [a] "+r"(a) : [b] "r"(b));
    return a;
}

#else

/* One channel in plain C. */
MN_INLINE void mn_depthwise_plane_channel(const mn_depthwise_plane *d)
{
    const uint32_t evens = d->half != 0u ? (d->width + 1u) >> 1 : d->width;
    for (const mn_depthwise_row *row = d->rows; row < d->rows_end; row++)
        for (uint32_t x = 0; x < d->columns; x++) {
            const uint32_t *line = d->lines + (row->line >> 2) + 4u * x;
            uint32_t acc = d->start;
            for (uint32_t w = row->weights >> 2; w < row->weights_end >> 2; w += d->width, line += d->pitch)
                for (uint32_t k = 0; k < d->width; k++)
                    acc += (uint32_t)mn_dual_product(k < evens ? line[4u * k] : line[(d->half >> 2) + 4u * (k - evens)], d->weights[w + k]);
            d->out[row->out + x * d->out_column] = mn_depthwise_output((int32_t)acc, d->m, d->c);
        }
}

MN_INLINE uint32_t mn_even_bytes(uint32_t word, uint32_t zeros)
{
    return mn_depthwise_less(word, -(int16_t)(uint16_t)zeros);
}

MN_INLINE uint32_t mn_odd_bytes(uint32_t word, uint32_t zeros)
{
    return mn_even_bytes(word >> 8, zeros);
}

MN_INLINE uint32_t mn_low_halves(uint32_t a, uint32_t b)
{
    return (a & 0xffffu) | b << 16;
}

MN_INLINE uint32_t mn_high_halves(uint32_t a, uint32_t b)
{
    return a >> 16 | (b & 0xffff0000u);
}

#endif

/* The first and the last four weights of a row as half-words (0, 2) (1, 3); of a row past the last zeros. */
typedef struct {
    uint32_t first0;
    uint32_t first1;
    uint32_t last0;
    uint32_t last1;
} mn_depthwise_weights;

MN_INLINE mn_depthwise_weights mn_depthwise_widen_weights(const int8_t *w, uint32_t width, uint32_t zeros)
{
    uint32_t first, last;
    memcpy(&first, w, 4);
    memcpy(&last, w + width - 4u, 4);
    const mn_depthwise_weights row = { mn_even_bytes(first, zeros), mn_odd_bytes(first, zeros), mn_even_bytes(last, zeros), mn_odd_bytes(last, zeros) };
    return row;
}

/* Pairs each weight of row a with that of row b. */
MN_INLINE uint32_t *mn_depthwise_pair_rows(uint32_t *to, uint32_t width, mn_depthwise_weights a, mn_depthwise_weights b)
{
    uint32_t *end = to + width;
    to[0] = mn_low_halves(a.first0, b.first0);
    to[1] = mn_low_halves(a.first1, b.first1);
    to[2] = mn_high_halves(a.first0, b.first0);
    to[3] = mn_high_halves(a.first1, b.first1);
    end[-4] = mn_low_halves(a.last0, b.last0);
    end[-3] = mn_low_halves(a.last1, b.last1);
    end[-2] = mn_high_halves(a.last0, b.last0);
    end[-1] = mn_high_halves(a.last1, b.last1);
    return end;
}

/*
 * The weights of a channel less their zero point, rows 0 and 1 together and so on, and where rows begin within lines (`both`) behind them again
 * with row 0 alone first.
 */
MN_SHARED void mn_depthwise_pair_weights(uint32_t *to, const int8_t *w, int32_t zero, uint32_t height, uint32_t width, uint32_t both)
{
    const mn_depthwise_weights none = { 0, 0, 0, 0 };
    const uint32_t zeros = mn_pair(-zero, -zero);
    uint32_t *next = to + width * ((height + 1u) >> 1), *after = to;
    mn_depthwise_weights before = none;
    for (uint32_t r = 0; r <= height; r++, w += width) {
        const mn_depthwise_weights row = r < height ? mn_depthwise_widen_weights(w, width, zeros) : none;
        uint32_t *const end = (r & 1u) != 0u || both != 0u ? mn_depthwise_pair_rows(next, width, before, row) : next;
        next = after;
        after = end;
        before = row;
    }
}

/* Lines and weights of each output row of a band, without lines of padding. */
MN_INLINE mn_depthwise_row *mn_depthwise_list_rows(const mn_depthwise_planes *p, const mn_depthwise_band *band, mn_depthwise_row *row, int32_t first_row,
                                                   uint32_t rows, uint32_t out_row)
{
    const uint32_t height = p->kernel_height, paired = 4u * p->kernel_width * ((height + 1u) >> 1);
    const uint32_t begin = first_row < 0 ? (uint32_t)-first_row >> 1 : 0u, end = (uint32_t)((int32_t)p->in_height - first_row + 1) >> 1;
    for (uint32_t y = 0; y < rows; y++, row++) {
        const uint32_t top = y * p->stride_height, line = top >> 1, shift = top & 1u, last = line + ((height + shift + 1u) >> 1);
        uint32_t from = line > begin ? line : begin, to = last < end ? last : end;
        if (from >= to)
            from = line, to = line + 1u;
        row->line = 4u * from * band->pitch;
        row->weights = shift * paired + 4u * p->kernel_width * (from - line);
        row->weights_end = row->weights + 4u * p->kernel_width * (to - from);
        row->out = y * out_row;
    }
    return row;
}

MN_KERNEL void mn_depthwise_s8_dsp_planes(const mn_depthwise_planes *p, const int8_t *in, uint32_t in_slots, int8_t *out, uint32_t out_slots,
                                          uint32_t first, uint32_t count, void *scratch)
{
    const uint32_t end = p->swapped != 0u ? p->out_height : first + count, run_slots = p->swapped != 0u ? p->out_height : out_slots;
    const uint32_t channels = p->channels, height = p->kernel_height, width = p->kernel_width, stride = p->stride;
    const uint32_t reach = stride * (((p->out_width + 1u) & ~1u) - 1u) + width, filled = (uint32_t)p->pad_left + p->in_width;
    const uint32_t columns = ((reach > filled ? reach : filled) + stride - 1u) / stride * stride, both = p->stride_height & 1u;
    const uint32_t out_row = p->swapped != 0u ? channels : (uint32_t)p->out_width * channels, record = 2u + ((height * width + 6u) >> 2);
    const uint32_t paired = width * (((height + 1u) >> 1) + (both != 0u ? (height + 2u) >> 1 : 0u));
    int8_t *padding = (int8_t *)scratch;
    mn_depthwise_plane d;
    mn_depthwise_band band;
    memset(padding, p->in_zero, channels);
    band.in = in;
    band.padding = padding;
    band.zero = mn_pair(-p->in_zero, -p->in_zero);
    band.pitch = 4u * columns;
    band.half = stride == 2u ? 2u * columns : 0u;
    band.slots = p->swapped != 0u ? p->in_height : in_slots;
    band.list = (mn_depthwise_line *)(void *)(padding + ((channels + 3u) & ~3u));
    d.half = 4u * band.half;
    d.next = 4u * (band.pitch - band.half);
    d.pitch = band.pitch;
    d.out_column = p->swapped != 0u ? (uint32_t)p->out_height * channels : channels;
    d.columns = p->out_width;
    d.width = width;
    for (uint32_t y = first, rows; y < end; y += rows) {
        rows = mn_depthwise_band_rows(p, y, end, run_slots);
        const int32_t first_row = (int32_t)(y * p->stride_height) - (int32_t)p->pad_top;
        band.count = ((rows - 1u) * p->stride_height + height + 1u) >> 1;
        mn_depthwise_row *list = (mn_depthwise_row *)(void *)(band.list + stride * band.count);
        d.rows = list;
        d.rows_end = mn_depthwise_list_rows(p, &band, list, first_row, rows, out_row);
        uint32_t *weights = (uint32_t *)(void *)(list + rows);
        d.weights = weights;
        band.words = weights + paired;
        mn_depthwise_begin_band(p, &band, first_row);
        int8_t *const to = out + (size_t)mn_depthwise_slot(y, run_slots) * out_row;
        for (uint32_t c = 0; c < channels; c += 4u) {
            if (c + 4u > channels)
                c = channels - 4u;
            mn_depthwise_transpose_band(&band, c);
            for (uint32_t i = c; i < c + 4u; i++) {
                const uint32_t *stream = p->stream + record * i;
                d.start = stream[0];
                d.m = stream[1];
                d.c = (uint32_t)(int32_t)(int16_t)(uint16_t)stream[2];
                d.lines = band.words + (i - c);
                d.out = to + i;
                mn_depthwise_pair_weights(weights, (const int8_t *)(stream + 2) + 3, (int8_t)(uint8_t)(stream[2] >> 16), height, width, both);
                mn_depthwise_plane_channel(&d);
            }
        }
    }
    mn_depthwise_clamp_rows(p, out, out_slots, first, count);
}
