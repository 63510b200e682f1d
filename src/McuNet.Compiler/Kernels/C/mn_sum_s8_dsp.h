/* Sum of n bytes, at any address: even and odd bytes of words in halves, 64 times 16 of them at a time so that a half holds 256. */
#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)
#include <arm_acle.h>

MN_SHARED int32_t mn_sum_s8_dsp(const int8_t *from, uint32_t n)
{
    const int32_t ones = 0x00010001;
    int32_t sum = 0;
    for (uint32_t words = n >> 2; words != 0u;) {
        uint32_t even = 0, odd = 0, a, b, c, d, left = words < 256u ? words : 256u;
        words -= left;
        for (; left >= 4u; left -= 4u)
            __asm volatile(
                "ldr %[a], [%[from]], #4\n ldr %[b], [%[from]], #4\n ldr %[c], [%[from]], #4\n ldr %[d], [%[from]], #4\n"
                "sxtab16 %[even], %[even], %[a]\n sxtab16 %[odd], %[odd], %[a], ror #8\n"
                "sxtab16 %[even], %[even], %[b]\n sxtab16 %[odd], %[odd], %[b], ror #8\n"
                "sxtab16 %[even], %[even], %[c]\n sxtab16 %[odd], %[odd], %[c], ror #8\n"
                "sxtab16 %[even], %[even], %[d]\n sxtab16 %[odd], %[odd], %[d], ror #8\n"
                : [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d), [from] "+&r"(from), [even] "+&r"(even), [odd] "+&r"(odd)
                :
                : "memory");
        for (; left != 0u; left--)
            __asm volatile(
                "ldr %[a], [%[from]], #4\n sxtab16 %[even], %[even], %[a]\n sxtab16 %[odd], %[odd], %[a], ror #8\n"
                : [a] "=&r"(a), [from] "+&r"(from), [even] "+&r"(even), [odd] "+&r"(odd)
                :
                : "memory");
        sum = __smlad((int32_t)odd, ones, __smlad((int32_t)even, ones, sum));
    }
    for (n &= 3u; n != 0u; n--)
        sum += *from++;
    return sum;
}

#else

MN_INLINE int32_t mn_sum_s8_dsp(const int8_t *from, uint32_t n)
{
    int32_t sum = 0;
    for (; n != 0u; n--)
        sum += *from++;
    return sum;
}

#endif
