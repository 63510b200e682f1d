/*
 * Parameter block of the convolutions that run on mn_dot. `taps` is the number of widened inputs of a pixel, a multiple of four.
 * Everything else as in mn_conv; bias and scales are part of the stream.
 */
typedef struct {
    const uint32_t *stream;
    uint32_t stream_words;
    uint32_t taps;
    uint16_t in_width;
    uint16_t in_channels;
    uint16_t out_width;
    uint16_t out_channels;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride;
    uint16_t dilation;
    uint16_t pad_left;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_conv_dsp;

/* Clamps count outputs to [low, high] where that is narrower than int8. */
MN_INLINE void mn_clamp_s8(int8_t *out, size_t count, int32_t low, int32_t high)
{
    if (low <= -128 && high >= 127)
        return;
    for (; count != 0u; count--, out++)
        *out = (int8_t)mn_clamp(*out, low, high);
}

/* All output channels of the pixel (pixels = 1) or of the interleaved pair (2) at x. `spare` holds 8 bytes. */
MN_INLINE void mn_conv_pixels(const mn_conv_dsp *p, uint32_t *x, uint32_t pixels, int8_t *out, int8_t *spare)
{
    const uint32_t channels = p->out_channels, rest = channels & 3u;
    const uint32_t *end = p->stream + p->stream_words;
    const uint32_t *last = rest != 0u ? end - (12u + p->taps) : end;
    mn_dot dot = { p->stream, last, x, x + pixels * (p->taps >> 1), out, out + channels, 0, NULL, 0, 1, channels };
    if (last != p->stream) {
        if (pixels == 2u)
            mn_dot2_s8(&dot);
        else
            mn_dot1_s8(&dot);
    }
    if (rest != 0u) {
        dot.stream = last;
        dot.stream_end = end;
        dot.out0 = spare;
        dot.out1 = spare + 4;
        if (pixels == 2u)
            mn_dot2_s8(&dot);
        else
            mn_dot1_s8(&dot);
        for (uint32_t i = 0; i < pixels; i++)
            memcpy(out + (i + 1u) * channels - rest, spare + 4u * i, rest);
    }
}
