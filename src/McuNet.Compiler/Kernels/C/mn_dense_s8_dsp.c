/*
 * Fully connected layer: the input widened into scratch once, then all outputs by mn_dot; each weight is read once.
 * Scratch: 2 * taps + 8 bytes. Output may not overlap the input.
 */
MN_KERNEL void mn_dense_s8_dsp(const mn_dense_dsp *p, const int8_t *in, int8_t *out, void *scratch)
{
    const uint32_t whole = p->out_count & ~3u, rest = p->out_count & 3u;
    uint32_t *x = (uint32_t *)scratch;
    int8_t *spare = (int8_t *)(x + (p->taps >> 1));
    const uint32_t *end = p->stream + p->stream_words;
    const uint32_t *last = rest != 0u ? end - (9u + p->taps) : end;
    mn_dense_widen(p, in, x);
    mn_dot dot = { p->stream, last, x, x + (p->taps >> 1), out, 0, 0, 0, 0, 1, NULL, 0, 0, NULL, { NULL } };
    if (whole != 0u)
        mn_dot1_s8(&dot);
    if (rest != 0u) {
        dot.stream = last;
        dot.stream_end = end;
        dot.out = spare;
        mn_dot1_s8(&dot);
        mn_copy_s8(out + whole, spare, rest);
    }
    mn_clamp_s8(out, p->out_count, p->out_min, p->out_max);
}
