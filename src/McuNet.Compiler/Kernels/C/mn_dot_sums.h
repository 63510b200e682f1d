/*
 * Weights with zero points on mn_dot: acc = bias + sum x * w - zero * sum x. The sum of the inputs follows them in scratch as further inputs,
 * whose weight is minus the zero point of the channel: one per MN_SUMMED inputs, so that each fits 16 bits.
 */
#define MN_SUMMED 256u

typedef struct {
    int32_t first;
    int32_t second;
} mn_dot_sums;

#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)
#include <arm_acle.h>

/* Adds `words` words at a and b, moving both on: even and odd bytes in halves, which hold 256 of them each. */
MN_INLINE mn_dot_sums mn_dot_add_words(mn_dot_sums sums, const int8_t **a, const int8_t **b, uint32_t words)
{
    const int32_t ones = 0x00010001;
    uint32_t even0 = 0, odd0 = 0, even1 = 0, odd1 = 0, s, t, u, v;
    const int8_t *from0 = *a, *from1 = *b;
    for (; words >= 2u; words -= 2u)
        __asm volatile(
            "ldr %[s], [%[from0]], #4\n ldr %[t], [%[from0]], #4\n ldr %[u], [%[from1]], #4\n ldr %[v], [%[from1]], #4\n"
            "sxtab16 %[even0], %[even0], %[s]\n sxtab16 %[odd0], %[odd0], %[s], ror #8\n"
            "sxtab16 %[even0], %[even0], %[t]\n sxtab16 %[odd0], %[odd0], %[t], ror #8\n"
            "sxtab16 %[even1], %[even1], %[u]\n sxtab16 %[odd1], %[odd1], %[u], ror #8\n"
            "sxtab16 %[even1], %[even1], %[v]\n sxtab16 %[odd1], %[odd1], %[v], ror #8\n"
            : [s] "=&r"(s), [t] "=&r"(t), [u] "=&r"(u), [v] "=&r"(v), [from0] "+&r"(from0), [from1] "+&r"(from1), [even0] "+&r"(even0),
              [odd0] "+&r"(odd0), [even1] "+&r"(even1), [odd1] "+&r"(odd1)
            :
            : "memory");
    if (words != 0u)
        __asm volatile(
            "ldr %[s], [%[from0]], #4\n ldr %[u], [%[from1]], #4\n"
            "sxtab16 %[even0], %[even0], %[s]\n sxtab16 %[odd0], %[odd0], %[s], ror #8\n"
            "sxtab16 %[even1], %[even1], %[u]\n sxtab16 %[odd1], %[odd1], %[u], ror #8\n"
            : [s] "=&r"(s), [u] "=&r"(u), [from0] "+&r"(from0), [from1] "+&r"(from1), [even0] "+&r"(even0), [odd0] "+&r"(odd0),
              [even1] "+&r"(even1), [odd1] "+&r"(odd1)
            :
            : "memory");
    sums.first = __smlad((int32_t)odd0, ones, __smlad((int32_t)even0, ones, sums.first));
    sums.second = __smlad((int32_t)odd1, ones, __smlad((int32_t)even1, ones, sums.second));
    *a = from0;
    *b = from1;
    return sums;
}

#else

MN_INLINE mn_dot_sums mn_dot_add_words(mn_dot_sums sums, const int8_t **a, const int8_t **b, uint32_t words)
{
    for (uint32_t i = 0; i < 4u * words; i++) {
        sums.first += *(*a)++;
        sums.second += *(*b)++;
    }
    return sums;
}

#endif

/* Writes the sum of `inputs` inputs behind them; x is the first word of the pixel, the next lie `pixels` words apart. */
MN_INLINE void mn_put_sum(uint32_t *x, uint32_t inputs, uint32_t pixels, int32_t sum)
{
    uint16_t *half = (uint16_t *)x;
    uint32_t tap = inputs;
    for (uint32_t left = inputs; left > MN_SUMMED; left -= MN_SUMMED, tap++) {
        const int32_t part = mn_clamp(sum, -32768, 32767);
        half[2u * pixels * (tap >> 1) + (tap & 1u)] = (uint16_t)part;
        sum -= part;
    }
    half[2u * pixels * (tap >> 1) + (tap & 1u)] = (uint16_t)sum;
}

/* Sums the inputs of a pair, `run` of each entry of `runs` as mn_dot reads them, and writes both sums. */
MN_SHARED void mn_put_sums(uint32_t *x, const mn_dot_run *runs, uint32_t count, uint32_t run, uint32_t offset)
{
    const uint32_t inputs = count * run;
    mn_dot_sums sums = { 0, 0 };
    for (; count != 0u; count--, runs++) {
        const int8_t *a = runs->pixel0 + (runs->moves & offset), *b = runs->pixel1 + (runs->moves & offset);
        for (uint32_t words = run >> 2, some; words != 0u; words -= some) {
            some = words < 256u ? words : 256u;
            sums = mn_dot_add_words(sums, &a, &b, some);
        }
        for (uint32_t left = run & 3u; left != 0u; left--) {
            sums.first += *a++;
            sums.second += *b++;
        }
    }
    for (uint32_t pixel = 0; pixel < 2u; pixel++)
        mn_put_sum(x + pixel, inputs, 2, pixel == 0u ? sums.first : sums.second);
}
