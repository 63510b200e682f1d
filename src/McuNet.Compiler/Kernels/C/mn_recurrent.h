/*
 * Parameter block of recurrent layers. A row holds the part of each gate that comes from the input, [gates][hidden], biases included.
 * weights    by which the last hidden values are multiplied: blocks of four gate values [hidden][4], then those that are left as [hidden]
 * initial    [hidden], hidden values before the first row; of an LSTM the cells behind them
 * extra      of an LSTM its peepholes [3][hidden], of input, output and forget gate; of a GRU what is added to the product for its candidate, [hidden]
 * clip       numbers go into functions within [-clip, clip]
 * limit      the cells of an LSTM stay within [-limit, limit]
 * gate, cell, result   functions: 0 sigmoid, 1 tanh, 2 relu, 3 clamp(alpha * x + beta, 0, 1), 4 identity
 * rows       of a call, reverse is 1 where the last comes first; steps in all; last is 1 where only the last result is written
 * variant    bits: 1 forget gate is 1 - input gate, 2 the GRU's reset comes behind the product, 4 the result is that of the cells
 */
typedef struct {
    const float *weights;
    const float *initial;
    const float *extra;
    float clip;
    float limit;
    float alpha;
    float beta;
    uint32_t hidden;
    uint32_t steps;
    uint32_t rows;
    uint8_t reverse;
    uint8_t last;
    uint8_t gate;
    uint8_t cell;
    uint8_t result;
    uint8_t variant;
} mn_recurrent;

MN_INLINE float mn_recurrent_function(const mn_recurrent *p, uint32_t function, float x)
{
    return mn_recurrent_apply(p->clip, p->alpha, p->beta, function, x);
}

/* out = x + products of `hidden` values with the weights of gate values [from, end) of `values`; x and out begin at the first of them. */
MN_INLINE void mn_recurrent_products(const mn_recurrent *p, const float *x, const float *hidden, uint32_t from, uint32_t end, uint32_t values, float *out)
{
    const uint32_t n = p->hidden, whole = values & ~3u;
    for (uint32_t v = from < whole ? from & ~3u : from; v < end; v += v < whole ? 4u : 1u) {
        const float *w = p->weights + (size_t)v * n;
        if (v < whole) {
            float sums[4];
            for (uint32_t i = 0; i < 4u; i++)
                sums[i] = v + i < from || v + i >= end ? 0.0f : x[v + i - from];
            mn_real_sums4(sums, hidden, NULL, w, n);
            for (uint32_t i = 0; i < 4u; i++) {
                if (v + i >= from && v + i < end)
                    out[v + i - from] = sums[i];
            }
        } else {
            out[v - from] = mn_real_sum(x[v - from], hidden, w, n);
        }
    }
}
