/*
 * Sum of two tensors, four elements of a word at a time. The multipliers have been proved against the float rule for all 65,536 pairs of
 * inputs; sums stay below 2^31. Columns hold `channels` elements. Output may be either input. Any alignment.
 */
MN_KERNEL void mn_add_s8_dsp(const mn_add_dsp *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t ma = p->multiplier_a, mb = p->multiplier_b, offset = p->offset;
    const uint32_t n = (x1 - x0) * p->channels;
    const uint32_t upper = mn_add_upper();
    uint32_t left = n;
    a += x0 * p->channels;
    b += x0 * p->channels;
    out += x0 * p->channels;
    int8_t *const first = out;
    for (; left >= 8u; left -= 8u, a += 8, b += 8, out += 8) {
        mn_add_four(a, b, out, ma, mb, offset, upper);
        mn_add_four(a + 4, b + 4, out + 4, ma, mb, offset, upper);
    }
    for (; left > 0u; left--, a++, b++, out++) {
        const uint32_t wa = (uint32_t)(uint8_t)*a << 8, wb = (uint32_t)(uint8_t)*b << 8;
        *out = mn_add_result(mn_add_low(mb, wb, mn_add_low(ma, wa, offset)));
    }
    mn_clamp_s8(first, n, p->out_min, p->out_max);
}
