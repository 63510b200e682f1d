/* Normalisation over the channels of each pixel. Output may be the row. */
MN_KERNEL void mn_normalize_f32_portable(const mn_normalize_f32 *p, const float *row, float *out, uint32_t x0, uint32_t x1)
{
    for (; x0 < x1; x0++)
        mn_normalize_f32_group(p, row + (size_t)x0 * p->channels, out + (size_t)x0 * p->channels, 0);
}
