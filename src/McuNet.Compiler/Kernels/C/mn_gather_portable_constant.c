/* The row of a constant table that a number chooses, elements of any type. */
MN_KERNEL void mn_gather_portable_constant(const mn_gather_constant *p, const float *number, void *out)
{
    mn_move(out, (const uint8_t *)(const void *)p->table + (size_t)mn_gather_row(*number, p->count) * p->bytes, p->bytes);
}
