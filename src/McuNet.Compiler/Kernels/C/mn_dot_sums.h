/*
 * Weights with zero points on mn_dot: acc = bias + sum x * w - zero * sum x. The sum of the inputs follows them in scratch as further inputs,
 * whose weight is minus the zero point of the channel: one per MN_SUMMED inputs, so that each fits 16 bits.
 */
#define MN_SUMMED 256u

/* Writes the sum of `inputs` inputs behind them; x is the first word of the pixel, the next lie `pixels` words apart. */
MN_INLINE void mn_put_sum(uint32_t *x, uint32_t inputs, uint32_t pixels, int32_t sum)
{
    uint16_t *half = (uint16_t *)x;
    uint32_t tap = inputs;
    for (uint32_t first = 0; first < inputs; first += MN_SUMMED, tap++) {
        const int32_t part = mn_clamp(sum, -32768, 32767);
        half[2u * pixels * (tap >> 1) + (tap & 1u)] = (uint16_t)part;
        sum -= part;
    }
}
