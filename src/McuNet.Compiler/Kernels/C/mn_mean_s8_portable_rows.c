/*
 * Mean over rows, and over columns where columns > 1. State: channels sums, set at step 0; the last step writes the output, which
 * may lie anywhere but in the state.
 */
static void mn_mean_s8_portable_rows(const mn_mean *p, const int8_t *row, int8_t *out, uint32_t step, int32_t *state)
{
    uint32_t x, c;
    if (step == 0u) {
        for (c = 0; c < p->channels; c++)
            state[c] = p->bias;
    }
    for (x = 0; x < p->columns; x++) {
        for (c = 0; c < p->channels; c++)
            state[c] += *row++;
    }
    if (step + 1u == p->steps) {
        for (c = 0; c < p->channels; c++)
            out[c] = (int8_t)mn_requantize(state[c], p->scale, p->out_zero, p->out_min, p->out_max);
    }
}
