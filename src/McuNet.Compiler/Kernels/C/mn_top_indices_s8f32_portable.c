/* The numbers of the largest or least channels of each pixel, in order. Output may not overlap the row. */
MN_KERNEL void mn_top_indices_s8f32_portable(const mn_top *p, const int8_t *row, float *out, uint32_t x0, uint32_t x1)
{
    row += (size_t)x0 * p->channels;
    out += (size_t)x0 * p->count;
    for (; x0 < x1; x0++, row += p->channels) {
        int32_t at = -1;
        for (uint32_t k = 0; k < p->count; k++) {
            at = mn_top_s8(p, row, at);
            *out++ = (float)at;
        }
    }
}
