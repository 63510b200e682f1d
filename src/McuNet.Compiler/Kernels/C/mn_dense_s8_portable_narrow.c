/* Fully connected layer by weights of four bits: one pixel of mn_narrow_s8.h. Output may not overlap the input. */
MN_KERNEL void mn_dense_s8_portable_narrow(const mn_dense *p, const int8_t *in, int8_t *out)
{
    const mn_narrow pixel = { p->weights, p->bias, p->scale, p->in_count, p->out_count, p->out_zero, p->out_min, p->out_max };
    mn_narrow_pixel_s8(&pixel, in, out);
}
