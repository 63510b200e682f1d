/* Sum or mean over rows, columns or channels. State: a sum for each output; output may lie anywhere but in the state. */
MN_KERNEL void mn_reduce_s8_portable_sum(const mn_reduce *p, const int8_t *row, int8_t *out, uint32_t step, int32_t *state)
{
    const uint32_t channels = p->channels, column = p->column;
    int32_t *sums = state;
    mn_reduce_begin(p, step, state);
    for (uint32_t x = 0; x < p->columns; x++, row += channels, sums += column) {
        uint32_t c;
        if (p->channel == 0u) {
            int32_t sum = *sums;
            for (c = 0; c < channels; c++)
                sum += row[c];
            *sums = sum;
        } else {
            for (c = 0; c < channels; c++)
                sums[c] += row[c];
        }
    }
    if (mn_reduce_ends(p, step)) {
        for (uint32_t i = 0; i < p->outputs; i++)
            out[i] = (int8_t)mn_requantize(state[i], p->scale, p->out_zero, p->out_min, p->out_max);
    }
}
