/*
 * Parameter block of the convolutions that run on mn_dot. `taps` is the number of widened inputs of a pixel, a multiple of four.
 * Everything else as in mn_conv; bias and scales are part of the stream, whose last `kept` records mn_conv_s8_dsp reads from RAM.
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
    uint16_t kept;
} mn_conv_dsp;

MN_INLINE mn_dot mn_conv_dot(const mn_conv_dsp *p, uint32_t *x, int8_t *out)
{
    const mn_dot dot = { p->stream, p->stream + p->stream_words, x, x + p->taps, out, p->out_channels, 0, 0, 0, 1, NULL, 0, 0, NULL, { NULL } };
    return dot;
}

/* mn_dot_pixels of a convolution. */
MN_INLINE void mn_conv_pixels(const mn_conv_dsp *p, mn_dot *dot, uint32_t pixels, int8_t *spare)
{
    mn_dot_pixels(dot, p->out_channels, p->taps, pixels, spare);
}
