/* Parameter block of the fully connected layers of mn_dot: `taps` is in_count padded to a multiple of four. */
typedef struct {
    const uint32_t *stream;
    uint32_t stream_words;
    uint32_t taps;
    uint32_t in_count;
    uint32_t out_count;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_dense_dsp;

/* Widens the input into scratch. */
MN_INLINE void mn_dense_widen(const mn_dense_dsp *p, const int8_t *in, uint32_t *x)
{
    const uint32_t quads = p->in_count >> 2;
    uint32_t *tail = mn_widen1_s8(x, in, quads);
    if ((p->in_count & 3u) != 0u)
        mn_widen_rest(tail, in + 4u * quads, p->in_count & 3u, 1);
}
