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
    __asm("sxtab16 %0, %1, %2" : "=r"(word) : "r"(zeros), "r"(word));
    return word;
}

MN_INLINE uint32_t mn_odd_bytes(uint32_t word, uint32_t zeros)
{
    __asm("sxtab16 %0, %1, %2, ror #8" : "=r"(word) : "r"(zeros), "r"(word));
    return word;
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

#endif

/* Pairs four weights of row a with the four of row b. */
MN_INLINE void mn_depthwise_pair4(uint32_t *to, const int8_t *a, uint32_t a_zeros, const int8_t *b, uint32_t b_zeros)
{
    uint32_t low, high;
    memcpy(&low, a, 4);
    memcpy(&high, b, 4);
    const uint32_t a0 = mn_even_bytes(low, a_zeros), a1 = mn_odd_bytes(low, a_zeros);
    const uint32_t b0 = mn_even_bytes(high, b_zeros), b1 = mn_odd_bytes(high, b_zeros);
    to[0] = (a0 & 0xffffu) | b0 << 16;
    to[1] = (a1 & 0xffffu) | b1 << 16;
    to[2] = a0 >> 16 | (b0 & 0xffff0000u);
    to[3] = a1 >> 16 | (b1 & 0xffff0000u);
}

/*
 * The weights of a channel, rows 0 and 1 together and so on, and where rows begin within lines again with row 0 alone first. `w` begins with
 * their zero point.
 */
MN_INLINE void mn_depthwise_pair_weights(uint32_t *to, const int8_t *w, uint32_t height, uint32_t width, uint32_t both)
{
    static const int8_t none[8];
    const uint32_t zeros = mn_pair(-*w, -*w);
    w++;
    for (uint32_t shift = 0; shift <= both; shift++)
        for (uint32_t r = 0; r < height + shift; r += 2u, to += width) {
            const uint32_t has_a = r >= shift, has_b = r + 1u - shift < height;
            const int8_t *a = has_a ? w + (r - shift) * width : none, *b = has_b ? w + (r + 1u - shift) * width : none;
            mn_depthwise_pair4(to, a, has_a ? zeros : 0u, b, has_b ? zeros : 0u);
            mn_depthwise_pair4(to + width - 4u, a + width - 4u, has_a ? zeros : 0u, b + width - 4u, has_b ? zeros : 0u);
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

static void mn_depthwise_s8_dsp_planes(const mn_depthwise_planes *p, const int8_t *in, uint32_t in_slots, int8_t *out, uint32_t out_slots,
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
                d.out = out + (size_t)mn_depthwise_slot(y, run_slots) * out_row + i;
                mn_depthwise_pair_weights(weights, (const int8_t *)(stream + 2) + 2, height, width, both);
                mn_depthwise_plane_channel(&d);
            }
        }
    }
    mn_depthwise_clamp_rows(p, out, out_slots, first, count);
}
