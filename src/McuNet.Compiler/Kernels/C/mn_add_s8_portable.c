/*
 * Sum of two tensors by integers. The multipliers have been proved against the float rule for all 65,536 pairs of inputs; sums stay
 * below 2^31. Columns hold `channels` elements. Output may be either input.
 */
static void mn_add_s8_portable(const mn_add *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t ma = p->multiplier_a, mb = p->multiplier_b, offset = p->offset, low = p->out_min, high = p->out_max;
    const int32_t shift = p->shift;
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++)
        out[x0] = (int8_t)mn_clamp((a[x0] * ma + b[x0] * mb + offset) >> shift, low, high);
}
