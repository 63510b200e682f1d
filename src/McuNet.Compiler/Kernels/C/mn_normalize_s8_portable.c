/* Normalisation over the channels of each pixel. Output may be the row. */
MN_KERNEL void mn_normalize_s8_portable(const mn_normalize *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1)
{
    for (; x0 < x1; x0++)
        mn_normalize_group(p, row + (size_t)x0 * p->channels, out + (size_t)x0 * p->channels, 0);
}
