/* Of each pixel the product with one value per channel. Output may be the first input. */
MN_KERNEL void mn_mul_f32_portable_channels(const mn_elements *p, const float *a, const float *b, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    for (; x0 < x1; x0++) {
        for (uint32_t c = 0; c < channels; c++)
            out[x0 * channels + c] = mn_limit(a[x0 * channels + c] * b[c], p->low, p->high);
    }
}
