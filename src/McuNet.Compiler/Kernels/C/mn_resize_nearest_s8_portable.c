/* Output column x is a copy of input column source[x]. Output may not overlap the row. */
MN_KERNEL void mn_resize_nearest_s8_portable(const mn_resize *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1)
{
    const size_t channels = p->channels;
    for (; x0 < x1; x0++)
        memcpy(out + x0 * channels, row + p->source[x0] * channels, channels);
}
