/* Simple recurrent layer. State: hidden values; scratch: the next ones. Output may not overlap the rows. */
MN_KERNEL void mn_rnn_f32_portable(const mn_recurrent *p, const float *row, float *out, uint32_t step, void *scratch, int32_t *state)
{
    const uint32_t n = p->hidden;
    float *const hidden = (float *)(void *)state, *const z = (float *)scratch;
    for (uint32_t t = 0; t < p->rows; t++) {
        const uint32_t at = p->reverse != 0u ? p->rows - 1u - t : t;
        if (step + t == 0u)
            memcpy(hidden, p->initial, n * sizeof(float));
        mn_recurrent_products(p, row + (size_t)at * n, hidden, 0u, n, n, z);
        for (uint32_t j = 0; j < n; j++)
            hidden[j] = mn_recurrent_function(p, p->gate, z[j]);
        if (p->last == 0u || step + t + 1u == p->steps)
            memcpy(out + (p->last != 0u ? 0u : (size_t)at * n), hidden, n * sizeof(float));
    }
}
