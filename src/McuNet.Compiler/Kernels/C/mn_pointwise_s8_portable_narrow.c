/*
 * 1 x 1 convolution without padding, any stride, by weights of four bits, mn_narrow_s8.h: one output pixel at a time, read in place. Joined rows are one
 * long row. Output may not overlap the input.
 */
MN_KERNEL void mn_pointwise_s8_portable_narrow(const mn_conv *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1)
{
    const size_t step = (size_t)p->stride * p->in_channels;
    const mn_narrow pixel = { p->weights, p->bias, p->scale, p->in_channels, p->out_channels, p->out_zero, p->out_min, p->out_max };
    row += x0 * step;
    out += (size_t)x0 * p->out_channels;
    for (; x0 < x1; x0++, row += step, out += p->out_channels)
        mn_narrow_pixel_s8(&pixel, row, out);
}
