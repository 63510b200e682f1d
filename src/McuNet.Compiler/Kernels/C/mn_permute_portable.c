/* The elements of step `step` in another order, of any type. The input has `slots` rows, row y in slot y mod slots; output may not overlap it. */
MN_KERNEL void mn_permute_portable(const mn_permute *p, const void *in, uint32_t slots, void *out, uint32_t step)
{
    const uint32_t first = step / p->phases * p->rows, depth = p->depth - 1u;
    const uint32_t *const inner = p->loops + 3u * depth;
    uint32_t left[MN_PERMUTE_DEPTH];
    uint32_t r, d;
    for (d = 0; d < depth; d++)
        left[d] = p->loops[3u * d];
    for (r = 0; r < p->rows; r++) {
        const uint8_t *from = (const uint8_t *)in + (first + r) % slots * p->row_bytes + p->starts[step % p->phases];
        uint8_t *to = (uint8_t *)out + p->places[r];
        do {
            mn_move_strided(to, from, inner[0], inner[1], inner[2], p->run);
            for (d = depth; d > 0u; d--) {
                const uint32_t *const loop = p->loops + 3u * (d - 1u);
                from += loop[1];
                to += loop[2];
                if (--left[d - 1u] > 0u)
                    break;
                left[d - 1u] = loop[0];
                from -= loop[0] * loop[1];
                to -= loop[0] * loop[2];
            }
        } while (d > 0u);
    }
}
