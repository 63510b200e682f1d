/*
 * Product of two activations, row `step` of the result, two channels at a time: sum (a - zero_a) * b, less zero_b times the sum of a - zero_a. Output may
 * not overlap the operands.
 */
MN_KERNEL void mn_matmul_s8_portable(const mn_matmul *p, const int8_t *a, const int8_t *b, int8_t *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t channels = p->channels, inner_a = p->inner_a, inner_b = p->inner_b, channel_a = p->channel_a, channel_b = p->channel_b;
    const int32_t zero_a = p->zero_a, zero_b = p->zero_b, zero = p->out_zero, low = p->out_min, high = p->out_max;
    a += (size_t)step * p->row_a + (size_t)x0 * p->column_a;
    b += (size_t)step * p->row_b + (size_t)x0 * p->column_b;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++, a += p->column_a, b += p->column_b) {
        const int8_t *from = a, *with = b;
        int32_t sum = 0;
        uint32_t c = 0, n;
        for (n = 0; channel_a == 0u && n < p->inner; n++)
            sum += a[n * inner_a] - zero_a;
        for (; channel_a == 0u && c + 2u <= channels; c += 2u, with += 2u * channel_b) {
            const int8_t *x = a, *y = with;
            int32_t acc0 = -zero_b * sum, acc1 = acc0;
            for (n = p->inner; n != 0u; n--, x += inner_a, y += inner_b) {
                const int32_t value = *x - zero_a;
                acc0 += value * y[0];
                acc1 += value * y[channel_b];
            }
            *out++ = (int8_t)mn_requantize(acc0, p->scale, zero, low, high);
            *out++ = (int8_t)mn_requantize(acc1, p->scale, zero, low, high);
        }
        for (; c < channels; c++, from += channel_a, with += channel_b) {
            const int8_t *x = from, *y = with;
            int32_t acc = 0;
            for (n = p->inner; n != 0u; n--, x += inner_a, y += inner_b)
                acc += (*x - zero_a) * (*y - zero_b);
            *out++ = (int8_t)mn_requantize(acc, p->scale, zero, low, high);
        }
    }
}
