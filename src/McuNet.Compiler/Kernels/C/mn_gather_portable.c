/* The row of a table that a number chooses, elements of any type. Output may not overlap the table. */
MN_KERNEL void mn_gather_portable(const mn_gather *p, const void *table, const float *number, void *out)
{
    mn_move(out, (const uint8_t *)table + (size_t)mn_gather_row(*number, p->count) * p->bytes, p->bytes);
}
