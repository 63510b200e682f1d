/*
 * Gated recurrent unit, gates in the order update, reset, candidate. State: hidden values, and behind them those as far as they are reset; scratch: the
 * values of all gates. Output may not overlap the rows.
 */
MN_KERNEL void mn_gru_f32_portable(const mn_recurrent *p, const float *row, float *out, uint32_t step, void *scratch, int32_t *state)
{
    const uint32_t n = p->hidden;
    float *const hidden = (float *)(void *)state, *const reset = hidden + n, *const z = (float *)scratch;
    for (uint32_t t = 0; t < p->rows; t++) {
        const uint32_t at = p->reverse != 0u ? p->rows - 1u - t : t;
        const float *const x = row + (size_t)at * 3u * n;
        if (step + t == 0u)
            memcpy(hidden, p->initial, n * sizeof(float));
        mn_recurrent_products(p, x, hidden, 0u, 2u * n, 3u * n, z);
        for (uint32_t j = 0; j < n; j++) {
            z[n + j] = mn_recurrent_function(p, p->gate, z[n + j]);
            reset[j] = z[n + j] * hidden[j];
        }
        if ((p->variant & 2u) != 0u) {
            mn_recurrent_products(p, p->extra, hidden, 2u * n, 3u * n, 3u * n, z + 2u * n);
            for (uint32_t j = 0; j < n; j++)
                z[2u * n + j] = x[2u * n + j] + mn_rounded(z[n + j] * z[2u * n + j]);
        } else {
            mn_recurrent_products(p, x + 2u * n, reset, 2u * n, 3u * n, 3u * n, z + 2u * n);
        }
        for (uint32_t j = 0; j < n; j++) {
            const float update = mn_recurrent_function(p, p->gate, z[j]), candidate = mn_recurrent_function(p, p->cell, z[2u * n + j]);
            hidden[j] = mn_rounded(mn_rounded(1.0f - update) * candidate) + mn_rounded(update * hidden[j]);
        }
        if (p->last == 0u || step + t + 1u == p->steps)
            memcpy(out + (p->last != 0u ? 0u : (size_t)at * n), hidden, n * sizeof(float));
    }
}
