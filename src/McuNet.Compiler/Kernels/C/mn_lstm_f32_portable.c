/*
 * Long short-term memory, gates in the order input, output, forget, cell. State: hidden values and cells; scratch: the values of all gates.
 * Output may not overlap the rows.
 */
MN_KERNEL void mn_lstm_f32_portable(const mn_recurrent *p, const float *row, float *out, uint32_t step, void *scratch, int32_t *state)
{
    const uint32_t n = p->hidden;
    float *const hidden = (float *)(void *)state, *const cells = hidden + n, *const z = (float *)scratch;
    for (uint32_t t = 0; t < p->rows; t++) {
        const uint32_t at = p->reverse != 0u ? p->rows - 1u - t : t;
        if (step + t == 0u)
            memcpy(hidden, p->initial, 2u * n * sizeof(float));
        mn_recurrent_products(p, row + (size_t)at * 4u * n, hidden, 0u, 4u * n, 4u * n, z);
        for (uint32_t j = 0; j < n; j++) {
            const float past = cells[j];
            const float input = mn_recurrent_function(p, p->gate, z[j] + mn_rounded(p->extra[j] * past));
            const float forget = (p->variant & 1u) != 0u ? 1.0f - input : mn_recurrent_function(p, p->gate, z[2u * n + j] + mn_rounded(p->extra[2u * n + j] * past));
            const float candidate = mn_recurrent_function(p, p->cell, z[3u * n + j]);
            const float cell = mn_limit(mn_rounded(forget * past) + mn_rounded(input * candidate), -p->limit, p->limit);
            const float output = mn_recurrent_function(p, p->gate, z[n + j] + mn_rounded(p->extra[n + j] * cell));
            cells[j] = cell;
            hidden[j] = output * mn_recurrent_function(p, p->result, cell);
        }
        if (p->last == 0u || step + t + 1u == p->steps)
            memcpy(out + (p->last != 0u ? 0u : (size_t)at * n), (p->variant & 4u) != 0u ? cells : hidden, n * sizeof(float));
    }
}
