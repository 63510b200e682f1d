/*
 * Fully connected layer, four outputs at a time. Weights: [outputs / 4][in_count][4], then the outputs that are left as
 * [rest][in_count]. Output may not overlap the input.
 */
static void mn_dense_s8_portable(const mn_dense *p, const int8_t *in, int8_t *out)
{
    const uint32_t count = p->in_count, outputs = p->out_count;
    const int32_t zero = p->out_zero, low = p->out_min, high = p->out_max;
    const int8_t *w = p->weights;
    uint32_t c = 0, n;
    for (; c + 4u <= outputs; c += 4u) {
        int32_t a0 = p->bias[c], a1 = p->bias[c + 1u], a2 = p->bias[c + 2u], a3 = p->bias[c + 3u];
        for (n = 0; n < count; n++) {
            const int32_t x = in[n];
            a0 += x * w[0];
            a1 += x * w[1];
            a2 += x * w[2];
            a3 += x * w[3];
            w += 4;
        }
        {
            const int32_t acc[4] = { a0, a1, a2, a3 };
            mn_requantize4(out + c, acc, p->scale + c, zero, low, high);
        }
    }
    for (uint32_t left = outputs & 3u; left > 0u; left--, c++) {
        int32_t a0 = p->bias[c];
        for (n = 0; n < count; n++)
            a0 += in[n] * w[n];
        w += count;
        out[c] = (int8_t)mn_requantize(a0, p->scale[c], zero, low, high);
    }
}
