/*
 * Parameter block of reductions: the value of a row's column x and channel c falls on output x * column + c * channel; `outputs` of them in a row, `steps` rows
 * fall on each. Sums begin with `start`, -in_zero times their number of values, and scale is input scale / (output scale * divisor); the least and the
 * largest begin beyond all values, and scale is the input's.
 */
typedef struct {
    float scale;
    float out_scale;
    int32_t start;
    uint32_t outputs;
    uint32_t columns;
    uint32_t channels;
    uint32_t column;
    uint16_t channel;
    uint16_t least;
    uint32_t steps;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_reduce;

/* The state that a step begins with: accumulators are set at the first row of an output. */
MN_INLINE void mn_reduce_begin(const mn_reduce *p, uint32_t step, int32_t *state)
{
    if (step == 0u || p->steps == 1u) {
        for (uint32_t i = 0; i < p->outputs; i++)
            state[i] = p->start;
    }
}

/* Whether a step is the last that falls on its outputs. */
MN_INLINE uint32_t mn_reduce_ends(const mn_reduce *p, uint32_t step)
{
    return p->steps == 1u || step + 1u == p->steps;
}
