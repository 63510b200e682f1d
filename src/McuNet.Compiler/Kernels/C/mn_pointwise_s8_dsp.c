/*
 * 1 x 1 convolution without padding, any stride, two output pixels at a time: inputs widened into scratch, then all channels by mn_dot.
 * Scratch: 4 * in_channels rounded up to 4, plus 8 bytes. Joined rows are one long row. Output may not overlap the input.
 * Channels that are a multiple of four: the last `kept` records are read from `state`, mn_dot_stage.h, and with stage_pairs, at least that
 * many pairs in a call, the others as long as may be from the output's end.
 */
typedef struct {
    const uint32_t *stream;
    uint16_t in_channels;
    uint16_t out_channels;
    uint16_t stride;
    int8_t out_min;
    int8_t out_max;
    uint16_t kept;
    uint16_t stage_pairs;
} mn_pointwise_dsp;

/* The pairs of a call with the records of the stream in up to three places. */
MN_INLINE void mn_pointwise_pairs(const mn_pointwise_dsp *p, mn_dot *dot, uint32_t record, const uint32_t *state)
{
    const uint32_t *const begin = dot->stream, *const end = dot->stream_end, *const kept = end - p->kept * record;
    const uint32_t pairs = dot->count, step = 2u * dot->pitch;
    int8_t *const out = dot->out;
    const uint32_t *staged = kept;
    uint32_t *const limit = (uint32_t *)(void *)(out + ((pairs * step - ((uintptr_t)(out + pairs * step) & 3u))));
    if (p->stage_pairs != 0u && pairs >= p->stage_pairs) {
        const uint32_t records = (pairs - 2u) * step / (4u * record), all = (uint32_t)(kept - begin) / record;
        staged -= (records < all ? records : all) * record;
        mn_stage(limit - (kept - staged), staged, kept);
    }
    for (uint32_t done = 0, until; done < pairs; done = until, dot->offset += dot->count * dot->step) {
        for (until = pairs; staged != kept; staged += record) {
            until = (uint32_t)((int8_t *)(limit - (kept - staged)) - out) / step;
            if (until > done)
                break;
            until = pairs;
        }
        const uint32_t *const places[6] = { begin, staged, limit - (kept - staged), limit, state, state + (end - kept) };
        mn_dot_parts(dot, places);
        dot->out = out + done * step;
        dot->count = until - done;
        mn_dot2_s8(dot);
    }
}

MN_KERNEL void mn_pointwise_s8_dsp(const mn_pointwise_dsp *p, const int8_t *row, int8_t *out, uint32_t x1, uint32_t step, void *scratch, int32_t *state)
{
    const uint32_t channels = p->in_channels, quads = channels >> 2, rest = channels & 3u, pairs = x1 >> 1, taps = (channels + 3u) & ~3u;
    const uint32_t pitch = (uint32_t)p->stride * channels, record = 9u + taps;
    uint32_t *x = (uint32_t *)scratch, *kept = (uint32_t *)(void *)state;
    int8_t *spare = (int8_t *)(x + taps);
    const mn_dot_run run = { row, row + pitch, ~0u };
    const uint32_t *end = p->stream + ((p->out_channels + 3u) >> 2) * record;
    mn_dot dot = { p->stream, end, x, x + taps, out, p->out_channels, quads, 0, 2u * pitch, pairs, &run, 1, rest, (uint16_t *)(x + 4u * quads), { NULL } };
    if (step == 0u && p->kept != 0u)
        mn_stage(kept, end - p->kept * record, end);
    if (pairs != 0u) {
        if (rest != 0u)
            memset(x + taps - 4, 0, 16);
        if ((p->kept | p->stage_pairs) != 0u)
            mn_pointwise_pairs(p, &dot, record, kept);
        else
            mn_dot_pixels(&dot, p->out_channels, taps, 2, spare);
    }
    if ((x1 & 1u) != 0u) {
        const int8_t *last = row + 2u * pairs * pitch;
        uint32_t *tail = mn_widen1_s8(x, last, quads);
        if (rest != 0u)
            mn_widen_rest(tail, last + 4u * quads, rest, 1);
        dot.stream = p->stream;
        dot.stream_end = end;
        dot.x_end = x + (taps >> 1);
        dot.out = out + (size_t)2u * pairs * p->out_channels;
        dot.count = 1;
        dot.run_count = 0;
        if (p->kept != 0u)
            mn_dot1_parts(&dot, end - p->kept * record, kept);
        else
            mn_dot_pixels(&dot, p->out_channels, taps, 1, spare);
    }
    mn_clamp_s8(out, (size_t)x1 * p->out_channels, p->out_min, p->out_max);
}
