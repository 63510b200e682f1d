/* Rows, or whole tensors, one behind the other, elements of any type. Output may not overlap them. */
MN_KERNEL void mn_join_portable(const mn_join *p, const uint8_t *const *rows, void *out)
{
    uint8_t *to = out;
    uint32_t i;
    for (i = 0; i < p->inputs; i++) {
        memcpy(to, rows[i], p->bytes[i]);
        to += p->bytes[i];
    }
}
