/* Columns [first + x0, first + x1) of an input row to columns [x0, x1) of the output row, elements of any type. Output may overlap the row. */
MN_KERNEL void mn_slice_columns_portable(const mn_slice_columns *p, const void *row, void *out, uint32_t x0, uint32_t x1)
{
    mn_move((uint8_t *)out + (size_t)x0 * p->pixel, (const uint8_t *)row + (size_t)(p->first + x0) * p->pixel, (size_t)(x1 - x0) * p->pixel);
}
