/* One row of every input one behind the other. Output may not overlap the rows. */
MN_KERNEL void mn_join_columns_s8_portable(const mn_join_columns *p, const int8_t *const *rows, int8_t *out)
{
    uint32_t i;
    for (i = 0; i < p->inputs; i++) {
        memcpy(out, rows[i], p->bytes[i]);
        out += p->bytes[i];
    }
}
