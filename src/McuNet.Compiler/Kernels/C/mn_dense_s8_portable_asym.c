/* Fully connected layer for weights with zero points. Weights: [out_count][in_count]. Output may not overlap the input. */
static void mn_dense_s8_portable_asym(const mn_dense *p, const int8_t *in, int8_t *out)
{
    const uint32_t count = p->in_count;
    const int32_t sum = mn_sum_s8(in, count);
    const int8_t *w = p->weights;
    uint32_t c, n;
    for (c = 0; c < p->out_count; c++) {
        int32_t acc = p->bias[c] - p->weight_zero[c] * sum;
        for (n = 0; n < count; n++)
            acc += in[n] * w[n];
        w += count;
        out[c] = (int8_t)mn_requantize(acc, p->scale[c], p->out_zero, p->out_min, p->out_max);
    }
}
