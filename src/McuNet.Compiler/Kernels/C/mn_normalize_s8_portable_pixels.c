/* Normalisation over all pixels of runs of channels. Output may be the input. */
MN_KERNEL void mn_normalize_s8_portable_pixels(const mn_normalize *p, const int8_t *in, int8_t *out)
{
    for (uint32_t g = 0; g < p->groups; g++)
        mn_normalize_group(p, in + (size_t)g * p->channels, out + (size_t)g * p->channels, g * p->channels);
}
