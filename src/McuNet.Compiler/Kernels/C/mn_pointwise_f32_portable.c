/*
 * Pointwise convolution in float32, and a fully connected layer as one over a single pixel. Two pixels at a time; weights as in mn_pointwise_f32.h.
 * Output may not overlap the row.
 */
MN_KERNEL void mn_pointwise_f32_portable(const mn_real *p, const float *row, float *out, uint32_t x0, uint32_t x1)
{
    const size_t step = (size_t)p->stride * p->in_channels;
    row += x0 * step;
    out += (size_t)x0 * p->out_channels;
    for (; x0 + 2u <= x1; x0 += 2u, row += 2u * step, out += (size_t)2u * p->out_channels)
        mn_pointwise_f32_pixels(p, row, row + step, out);
    if (x0 < x1)
        mn_pointwise_f32_pixels(p, row, NULL, out);
}
