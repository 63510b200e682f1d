/* Mean over rows, and over columns where columns > 1. State: channels sums, set at step 0; the last step writes the output, which may lie anywhere but in the state. */
MN_KERNEL void mn_mean_f32_portable_rows(const mn_mean_f32 *p, const float *row, float *out, uint32_t step, int32_t *state)
{
    float *const sums = (float *)(void *)state;
    for (uint32_t c = 0; c < p->channels; c++) {
        float sum = step == 0u ? 0.0f : sums[c];
        for (uint32_t x = 0; x < p->columns; x++)
            sum = sum + row[x * p->channels + c];
        sums[c] = sum;
        if (step + 1u == p->steps)
            out[c] = mn_limit(sum / (float)p->count, p->low, p->high);
    }
}
