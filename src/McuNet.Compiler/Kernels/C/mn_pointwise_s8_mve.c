/*
 * 1 x 1 convolution without padding, any stride, read in place. Weights as in mn_pixel_s8_mve.h. Joined rows are one long row. Output
 * may not overlap the input.
 */
MN_KERNEL void mn_pointwise_s8_mve(const mn_conv *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1)
{
    const size_t step = (size_t)p->stride * p->in_channels;
    const mn_linear_mve linear = { p->weights, p->bias, p->scale, p->out_channels, p->in_channels, p->out_zero, p->out_min, p->out_max };
    mn_pixels_s8_mve(&linear, row + x0 * step, step, x1 - x0, out + x0 * p->out_channels);
}
