/* Fully connected layer, four outputs at a time. Weights as in mn_pixel_s8_mve.h. Output may not overlap the input. */
MN_KERNEL void mn_dense_s8_mve(const mn_dense *p, const int8_t *in, int8_t *out)
{
    const mn_linear_mve linear = { p->weights, p->bias, p->scale, p->out_count, p->in_count, p->out_zero, p->out_min, p->out_max };
    mn_pixels_s8_mve(&linear, in, 0u, 1u, out);
}
