/* A function of each element by a table of all 256 results. Columns hold `channels` elements. Output may not overlap the input. */
MN_KERNEL void mn_lookup_s8f32_portable(const mn_lookup_real *p, const int8_t *in, float *out, uint32_t x0, uint32_t x1)
{
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++)
        out[x0] = p->table[(uint8_t)in[x0]];
}
