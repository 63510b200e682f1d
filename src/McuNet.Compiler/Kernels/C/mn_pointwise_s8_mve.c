/*
 * 1 x 1 convolution without padding, any stride, pixel by pixel, read in place. Weights as in mn_pixel_s8_mve.h. Joined rows are one
 * long row. Output may not overlap the input.
 */
static void mn_pointwise_s8_mve(const mn_conv *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->out_channels, taps = p->in_channels;
    const size_t step = (size_t)p->stride * taps;
    for (; x0 < x1; x0++)
        mn_pixel_s8_mve(p->weights, p->bias, p->scale, channels, taps, p->out_zero, p->out_min, p->out_max, row + x0 * step, out + x0 * channels);
}
