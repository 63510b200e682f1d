/* The channels of one row of every input one behind the other. Output may not overlap the rows. */
MN_KERNEL void mn_concat_s8_portable(const mn_concat *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const size_t channels = p->channels;
    uint32_t i;
    out += x0 * channels;
    for (i = 0; i < p->inputs; i++) {
        const size_t depth = p->depths[i];
        const int8_t *in = rows[i] + x0 * depth;
        const int8_t *const table = p->numbers[i] == 0 ? NULL : p->tables + 256u * (p->numbers[i] - 1u);
        int8_t *to = out;
        uint32_t x;
        for (x = x0; x < x1; x++, in += depth, to += channels) {
            size_t c;
            if (table == NULL) {
                memcpy(to, in, depth);
                continue;
            }
            for (c = 0; c < depth; c++)
                to[c] = table[(uint8_t)in[c]];
        }
        out += depth;
    }
}
