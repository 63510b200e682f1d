/* Copy of a row of `count` bytes. Output may overlap the row. */
MN_KERNEL void mn_copy_row_portable(const mn_copy *p, const void *row, void *out)
{
    memmove(out, row, p->count);
}
