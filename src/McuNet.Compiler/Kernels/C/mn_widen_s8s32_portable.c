/* Each element less `zero`, as int32. Columns hold `channels` elements. Output may not overlap the input. */
MN_KERNEL void mn_widen_s8s32_portable(const mn_widen *p, const int8_t *in, int32_t *out, uint32_t x0, uint32_t x1)
{
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++)
        out[x0] = in[x0] - p->zero;
}
