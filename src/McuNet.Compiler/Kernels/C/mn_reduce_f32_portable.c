/* Sum, mean, product, least or largest over rows, columns or channels, in stored order. State: a value for each output; output may lie anywhere but in the state. */
MN_KERNEL void mn_reduce_f32_portable(const mn_reduce_f32 *p, const float *row, float *out, uint32_t step, int32_t *state)
{
    float *const values = (float *)(void *)state;
    const uint32_t function = p->function;
    if (step == 0u || p->steps == 1u) {
        for (uint32_t i = 0; i < p->outputs; i++)
            values[i] = function == 2u ? 3.40282347e+38f : function == 3u ? -3.40282347e+38f : function == 4u ? 1.0f : 0.0f;
    }
    for (uint32_t x = 0; x < p->columns; x++) {
        float *value = values + (size_t)x * p->column;
        for (uint32_t c = 0; c < p->channels; c++, row++, value += p->channel) {
            if (function < 2u)
                *value = *value + *row;
            else if (function == 4u)
                *value = *value * *row;
            else if (function == 2u ? *row < *value : *row > *value)
                *value = *row;
        }
    }
    if (p->steps == 1u || step + 1u == p->steps) {
        for (uint32_t i = 0; i < p->outputs; i++)
            out[i] = mn_limit(function == 1u ? values[i] / (float)p->count : values[i], p->low, p->high);
    }
}
