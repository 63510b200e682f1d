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

MN_INLINE mn_dot mn_conv_dot(const mn_conv_dsp *p, uint32_t *x, int8_t *out)
{
    const mn_dot dot = { p->stream, p->stream + p->stream_words, x, x + p->taps, out, p->out_channels, 0, 0, 0, 1, NULL, 0, 0, NULL };
    return dot;
}

/* All output channels of a pixel (pixels = 1, dot->count = 1) or of dot->count pairs (2). `spare` holds 8 bytes. */
MN_INLINE void mn_conv_pixels(const mn_conv_dsp *p, const mn_dot *dot, uint32_t pixels, int8_t *spare)
{
    const uint32_t channels = p->out_channels, rest = channels & 3u;
    mn_dot part = *dot;
    if (rest == 0u) {
        if (pixels == 2u)
            mn_dot2_s8(dot);
        else
            mn_dot1_s8(dot);
        return;
    }
    const uint32_t *last = dot->stream_end - (9u + p->taps);
    part.count = 1;
    for (uint32_t n = 0; n < dot->count; n++) {
        part.stream = dot->stream;
        part.stream_end = last;
        part.run_count = dot->run_count;
        part.out = dot->out + 2u * n * channels;
        part.pitch = channels;
        part.offset = dot->offset + n * dot->step;
        int8_t *to = part.out;
        if (channels > rest) {
            if (pixels == 2u)
                mn_dot2_s8(&part);
            else
                mn_dot1_s8(&part);
            part.run_count = 0;
        }
        part.stream = last;
        part.stream_end = dot->stream_end;
        part.out = spare;
        part.pitch = 4;
        if (pixels == 2u)
            mn_dot2_s8(&part);
        else
            mn_dot1_s8(&part);
        for (uint32_t i = 0; i < pixels; i++)
            memcpy(to + (i + 1u) * channels - rest, spare + 4u * i, rest);
    }
}
