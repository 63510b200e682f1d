/* Neighbouring channels of pixels [x0, x1), elements of any type. Output may overlap the row. */
MN_KERNEL void mn_slice_channels_portable(const mn_slice_channels *p, const void *row, void *out, uint32_t x0, uint32_t x1)
{
    const uint8_t *from = (const uint8_t *)row + x0 * p->pixel + p->first;
    mn_move_strided((uint8_t *)out + x0 * p->bytes, from, x1 - x0, p->pixel, p->bytes, p->bytes);
}
