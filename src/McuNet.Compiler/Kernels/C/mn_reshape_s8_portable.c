/* Copy of a whole tensor of `count` elements. Output may overlap the input. */
MN_KERNEL void mn_reshape_s8_portable(const mn_copy *p, const int8_t *in, int8_t *out)
{
    memmove(out, in, (size_t)p->count * sizeof *in);
}
