/*
 * 1 x 1 convolution whose weights have zero points, any stride, two output pixels at a time: acc = bias + sum x * w - zero * sum x. Inputs are
 * widened into scratch, and behind them their sums, of at most MN_SUMMED inputs each, so that a sum fits 16 bits; to mn_dot a sum is one
 * more input, whose weight is minus the zero point of the channel. `taps` counts inputs and sums. Scratch: 4 * taps + 8 bytes. Joined rows
 * are one long row. Output may not overlap the input.
 */
#define MN_SUMMED 252u

/* Adds both halves of a word. */
MN_INLINE int32_t mn_sum_pair(uint32_t pair, int32_t sum)
{
#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)
    const uint32_t ones = 0x00010001u;
    __asm__("smlad %0, %1, %2, %0" : "+r"(sum) : "r"(pair), "r"(ones));
    return sum;
#else
    return sum + (int16_t)(uint16_t)pair + (int16_t)(uint16_t)(pair >> 16);
#endif
}

/* One pixel into every `pixels`-th word of x: inputs, then sums. */
MN_SHARED void mn_widen_summed_s8(uint32_t *x, const int8_t *from, uint32_t channels, uint32_t pixels)
{
    const uint32_t quads = channels >> 2;
    uint32_t tap = 4u * quads;
    if (pixels == 2u)
        mn_widen2_s8(x, from, quads);
    else
        mn_widen1_s8(x, from, quads);
    uint16_t *half = (uint16_t *)x;
    for (; tap < channels; tap++)
        half[2u * pixels * (tap >> 1) + (tap & 1u)] = (uint16_t)from[tap];
    for (uint32_t first = 0; first < channels; first += MN_SUMMED, tap++) {
        const uint32_t end = channels - first < MN_SUMMED ? channels : first + MN_SUMMED;
        int32_t sum = 0;
        uint32_t i = first;
        for (; i + 4u <= end; i += 4u)
            sum = mn_sum_pair(x[pixels * (i >> 1) + pixels], mn_sum_pair(x[pixels * (i >> 1)], sum));
        for (; i < end; i++)
            sum += from[i];
        half[2u * pixels * (tap >> 1) + (tap & 1u)] = (uint16_t)sum;
    }
}

static void mn_pointwise_s8_dsp_asym(const mn_conv_dsp *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->in_channels;
    const size_t step = (size_t)p->stride * channels;
    uint32_t *x = (uint32_t *)scratch, column = x0;
    int8_t *spare = (int8_t *)(x + p->taps);
    memset(x, 0, 4u * p->taps);
    for (; column + 2u <= x1; column += 2u) {
        const int8_t *in = row + column * step;
        mn_dot dot = mn_conv_dot(p, x, out + (size_t)column * p->out_channels);
        mn_widen_summed_s8(x, in, channels, 2);
        mn_widen_summed_s8(x + 1, in + step, channels, 2);
        mn_conv_pixels(p, &dot, 2, spare);
    }
    if (column < x1) {
        mn_dot dot = mn_conv_dot(p, x, out + (size_t)column * p->out_channels);
        dot.x_end = x + (p->taps >> 1);
        memset(x, 0, 2u * p->taps);
        mn_widen_summed_s8(x, row + column * step, channels, 1);
        mn_conv_pixels(p, &dot, 1, spare);
    }
    mn_clamp_s8(out + (size_t)x0 * p->out_channels, (size_t)(x1 - x0) * p->out_channels, p->out_min, p->out_max);
}
