/* Copy of a whole tensor of `count` elements. Output may overlap the input. */
MN_KERNEL void mn_reshape_f32_portable(const mn_copy *p, const float *in, float *out)
{
    memmove(out, in, (size_t)p->count * sizeof *in);
}
