/* Copy of a row of `count` bytes. Output may begin before the row where they overlap. */
MN_KERNEL void mn_copy_row_portable(const mn_copy *p, const void *row, void *out)
{
    mn_move(out, row, p->count);
}
