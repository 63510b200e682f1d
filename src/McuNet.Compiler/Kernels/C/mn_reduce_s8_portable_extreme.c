/* Least or largest value over rows, columns or channels. State: one for each output; output may lie anywhere but in the state. */
MN_KERNEL void mn_reduce_s8_portable_extreme(const mn_reduce *p, const int8_t *row, int8_t *out, uint32_t step, int32_t *state)
{
    const uint32_t channels = p->channels, column = p->column, channel = p->channel, least = p->least;
    const int32_t zero = p->out_zero, low = p->out_min - zero, high = p->out_max - zero;
    int32_t *extremes = state;
    mn_reduce_begin(p, step, state);
    for (uint32_t x = 0; x < p->columns; x++, extremes += column) {
        int32_t *to = extremes;
        for (uint32_t c = 0; c < channels; c++, to += channel) {
            const int32_t value = *row++;
            if (least != 0u ? value < *to : value > *to)
                *to = value;
        }
    }
    if (mn_reduce_ends(p, step)) {
        for (uint32_t i = 0; i < p->outputs; i++) {
            const float steps = mn_rounded((float)(state[i] - p->in_zero) * p->scale) / p->out_scale;
            out[i] = (int8_t)(mn_clamp(mn_round(steps), low, high) + zero);
        }
    }
}
