/* Each element as a real number, the nearest where there are several. Output may not overlap the input. */
MN_KERNEL void mn_narrow_s32f32_portable(const mn_numbers *p, const int32_t *in, float *out, uint32_t x0, uint32_t x1)
{
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++)
        out[x0] = (float)in[x0];
}
