/* Normalisation over all pixels of runs of channels. Output may be the input. */
MN_KERNEL void mn_normalize_f32_portable_pixels(const mn_normalize_f32 *p, const float *in, float *out)
{
    for (uint32_t g = 0; g < p->groups; g++)
        mn_normalize_f32_group(p, in + (size_t)g * p->channels, out + (size_t)g * p->channels, g * p->channels);
}
