/*
 * Softmax by integers: (table[255 + x - largest] * steps + sum / 2) / sum + out_zero, truncated, at most highest.
 * Output may be the row.
 */
MN_KERNEL void mn_softmax_s8_portable(const mn_softmax *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1)
{
    for (; x0 < x1; x0++) {
        const int8_t *x = row + x0 * p->channels;
        int8_t *y = out + x0 * p->channels;
        const uint32_t *table;
        int32_t largest = -128;
        uint32_t c, sum = 0;
        for (c = 0; c < p->channels; c++)
            largest = x[c] > largest ? x[c] : largest;
        table = p->table + (255 - largest);
        for (c = 0; c < p->channels; c++)
            sum += table[x[c]];
        for (c = 0; c < p->channels; c++) {
            const uint64_t share = (uint64_t)table[x[c]] * p->steps + sum / 2u;
            const uint32_t quotient = (share >> 32) == 0u ? (uint32_t)share / sum : (uint32_t)(share / sum);
            const int32_t value = (int32_t)quotient + p->out_zero;
            y[c] = (int8_t)(value < p->highest ? value : p->highest);
        }
    }
}
