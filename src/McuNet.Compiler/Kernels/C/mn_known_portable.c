/* Row `step` of a constant, elements of any type. */
MN_KERNEL void mn_known_portable(const mn_known *p, void *out, uint32_t step)
{
    mn_move(out, (const uint8_t *)(const void *)p->data + (size_t)step * p->row, p->row);
}
