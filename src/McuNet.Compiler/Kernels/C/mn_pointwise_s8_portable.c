/*
 * 1 x 1 convolution without padding, any stride: two output pixels at a time, read in place. Weights as in mn_pixels_s8.h.
 * Joined rows are one long row. Output may not overlap the input.
 */
MN_KERNEL void mn_pointwise_s8_portable(const mn_conv *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->out_channels, taps = p->in_channels;
    const size_t step = (size_t)p->stride * taps;
    const int8_t *x = row + x0 * step;
    out += x0 * channels;
    for (; x0 + 2u <= x1; x0 += 2u) {
        mn_pixels2_s8(p, x, x + step, taps, out);
        x += 2u * step;
        out += 2u * channels;
    }
    if (x0 < x1)
        mn_pixel1_s8(p, x, taps, out);
}
