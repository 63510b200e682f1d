/*
 * Mean over rows, and over columns where columns > 1. State: channels sums, set at step 0; the last step writes the output, which
 * may lie anywhere but in the state. Four sums at a time stay in registers over the columns.
 */
MN_KERNEL void mn_mean_s8_portable_rows(const mn_mean *p, const int8_t *row, int8_t *out, uint32_t step, int32_t *state)
{
    const uint32_t channels = p->channels, columns = p->columns, whole = channels & ~3u;
    uint32_t x, c;
    if (step == 0u) {
        for (c = 0; c < channels; c++)
            state[c] = p->bias;
    }
    for (c = 0; c < whole; c += 4u) {
        const int8_t *in = row + c;
        int32_t s0 = state[c], s1 = state[c + 1u], s2 = state[c + 2u], s3 = state[c + 3u];
        for (x = columns; x != 0u; x--, in += channels) {
            s0 += in[0];
            s1 += in[1];
            s2 += in[2];
            s3 += in[3];
        }
        state[c] = s0, state[c + 1u] = s1, state[c + 2u] = s2, state[c + 3u] = s3;
    }
    for (c = whole; c < channels; c++) {
        const int8_t *in = row + c;
        int32_t sum = state[c];
        for (x = columns; x != 0u; x--, in += channels)
            sum += *in;
        state[c] = sum;
    }
    if (step + 1u == p->steps) {
        for (c = 0; c < channels; c++)
            out[c] = (int8_t)mn_requantize(state[c], p->scale, p->out_zero, p->out_min, p->out_max);
    }
}
