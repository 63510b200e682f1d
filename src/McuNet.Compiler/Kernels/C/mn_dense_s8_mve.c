/* Four outputs of a fully connected layer. */
MN_SHARED void mn_dense4_s8_mve(const mn_linear_mve *p, const int8_t *w, const int8_t *in, uint32_t c, int8_t *out)
{
    mn_any_pixels_s8_mve(p, w, in, 0u, 1u, c, out);
}

/* Fully connected layer, four outputs at a time. Weights as in mn_pixel_s8_mve.h. Output may not overlap the input. */
MN_KERNEL void mn_dense_s8_mve(const mn_dense *p, const int8_t *in, int8_t *out)
{
    const mn_linear_mve linear = { p->weights, p->bias, p->scale, p->out_count, p->in_count, p->out_zero, p->out_min, p->out_max };
    const int8_t *w = p->weights;
    uint32_t c;
    for (c = 0; c + 4u <= linear.channels; c += 4u, w += 4u * linear.taps)
        mn_dense4_s8_mve(&linear, w, in, c, out + c);
    mn_rest_pixels_s8_mve(&linear, w, in, 0u, 1u, c, out);
}
