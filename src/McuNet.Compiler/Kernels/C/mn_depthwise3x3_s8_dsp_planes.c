/*
 * Depthwise 3 x 3 over a block of rows, strides 1 or 2 in both directions, no dilation, at least four channels: mn_depthwise_planes.h.
 *
 * Two rows of two outputs at a time. A column of three inputs is a word of one line and half a word of the next; at stride 1 the second
 * output row takes the other half of the first word. Weights as pairs (w0, w1) and (w1, w2) of each kernel column.
 *
 * stream, per channel: start, m, then bytes (w00 w01 w10 w11) (w02 w20 w12 w21) (w22 zero), w[row][column] and their zero point, and c in
 * 16 bits.
 * Scratch: `channels` rounded up to 4, 24 bytes per line, lines * columns * 16 bytes; lines = (stride * (rows - 1) + 4) / 2, rows = the
 * smaller of band and out_height rounded up to 2, columns = stride * (out_width rounded up to 2 - 1) + 3, or pad_left + in_width if that
 * is more. Output may not overlap the input.
 */
MN_KERNEL void mn_depthwise3x3_s8_dsp_planes(const mn_depthwise_planes *p, const int8_t *in, uint32_t in_slots, int8_t *out, uint32_t out_slots,
                                             uint32_t first, uint32_t count, void *scratch)
{
    const uint32_t end = p->swapped != 0u ? p->out_height : first + count, run_slots = p->swapped != 0u ? p->out_height : out_slots;
    const uint32_t channels = p->channels, stride = p->stride;
    const uint32_t reach = stride * (((p->out_width + 1u) & ~1u) - 1u) + 3u, filled = (uint32_t)p->pad_left + p->in_width;
    int8_t *padding = (int8_t *)scratch;
    mn_depthwise3x3_plane d;
    mn_depthwise_band band;
    memset(padding, p->in_zero, channels);
    band.in = in;
    band.padding = padding;
    band.zero = mn_pair(-p->in_zero, -p->in_zero);
    band.pitch = 4u * (reach > filled ? reach : filled);
    band.half = 0;
    band.slots = p->swapped != 0u ? p->in_height : in_slots;
    band.list = (mn_depthwise_line *)(void *)(padding + ((channels + 3u) & ~3u));
    d.pitch = 4u * band.pitch;
    d.whole = 32u * stride * (p->out_width >> 1);
    d.odd = p->out_width & 1u;
    d.out_column = p->swapped != 0u ? (uint32_t)p->out_height * channels : channels;
    d.out_row = p->swapped != 0u ? channels : (uint32_t)p->out_width * channels;
    for (uint32_t y = first; y < end; y += d.rows) {
        d.rows = mn_depthwise_band_rows(p, y, end, run_slots);
        band.count = (stride * (((d.rows + 1u) & ~1u) - 1u) + 4u) >> 1;
        band.words = (uint32_t *)(void *)(band.list + band.count);
        mn_depthwise_begin_band(p, &band, (int32_t)(y * stride) - (int32_t)p->pad_top);
        int8_t *const to = out + (size_t)mn_depthwise_slot(y, run_slots) * d.out_row;
        for (uint32_t c = 0; c < channels; c += 4u) {
            if (c + 4u > channels)
                c = channels - 4u;
            mn_depthwise_transpose_band(&band, c);
            d.lines = band.words;
            d.out = to + c;
            d.stream = p->stream + 5u * c;
#ifdef MN_DEPTHWISE3X3_PLANE1
            if (stride == 1u)
                mn_depthwise3x3_plane1(&d);
#endif
#ifdef MN_DEPTHWISE3X3_PLANE2
            if (stride == 2u)
                mn_depthwise3x3_plane2(&d);
#endif
        }
    }
    mn_depthwise_clamp_rows(p, out, out_slots, first, count);
}
