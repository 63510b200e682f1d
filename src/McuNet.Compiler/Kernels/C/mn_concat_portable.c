/* The channels of one row of every input one behind the other, elements of any type. Output may not overlap the rows. */
MN_KERNEL void mn_concat_portable(const mn_concat_bytes *p, const uint8_t *const *rows, void *out, uint32_t x0, uint32_t x1)
{
    uint8_t *to = (uint8_t *)out + x0 * p->pixel;
    uint32_t i;
    for (i = 0; i < p->inputs; i++) {
        const uint32_t depth = p->depths[i];
        mn_move_strided(to, rows[i] + x0 * depth, x1 - x0, depth, p->pixel, depth);
        to += depth;
    }
}
