/* Parameter block of recurrent layers whose weights are kept in fewer bits, as in mn_packed.h; other fields as in mn_recurrent. */
typedef struct {
    const int8_t *weights;
    const float *scale;
    const int8_t *zero;
    const float *initial;
    const float *extra;
    float clip;
    float limit;
    float alpha;
    float beta;
    uint32_t group;
    uint32_t scales;
    uint32_t hidden;
    uint32_t steps;
    uint32_t rows;
    uint8_t reverse;
    uint8_t last;
    uint8_t gate;
    uint8_t cell;
    uint8_t result;
    uint8_t variant;
    uint8_t bits;
    uint8_t zeros;
} mn_recurrent_packed;

MN_INLINE float mn_recurrent_packed_function(const mn_recurrent_packed *p, uint32_t function, float x)
{
    return mn_recurrent_apply(p->clip, p->alpha, p->beta, function, x);
}

/* As mn_recurrent_products. */
MN_INLINE void mn_recurrent_packed_products(const mn_recurrent_packed *p, const float *x, const float *hidden, uint32_t from, uint32_t end, uint32_t values, float *out)
{
    const uint32_t whole = values & ~3u;
    const mn_packed weights = { p->weights, p->scale, p->zero, p->hidden, p->group, p->scales, p->bits, p->zeros };
    for (uint32_t v = from < whole ? from & ~3u : from; v < end; v += v < whole ? 4u : 1u) {
        if (v < whole) {
            float sums[4];
            for (uint32_t i = 0; i < 4u; i++)
                sums[i] = v + i < from || v + i >= end ? 0.0f : x[v + i - from];
            mn_packed_sums4(&weights, sums, hidden, v, 0u, p->hidden);
            for (uint32_t i = 0; i < 4u; i++) {
                if (v + i >= from && v + i < end)
                    out[v + i - from] = sums[i];
            }
        } else {
            out[v - from] = mn_packed_sum(&weights, x[v - from], hidden, v, 0u, p->hidden);
        }
    }
}
