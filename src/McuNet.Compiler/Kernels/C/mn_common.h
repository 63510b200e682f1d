/*
 * Arithmetic that every kernel shares. Pasted once, before the kernels.
 *
 * Requantisation: q = round_half_even((float)acc * scale), all three steps in float32. Three variants give the same result for every
 * q in [-2^21, 2^21] and saturate beyond, which callers never see because they clamp to 8 bits:
 *   vcvtr    cores with a single-precision FPU: one convert, one multiply, one convert
 *   integer  cores without: a 24 x 24 bit product, and an exact path for values next to a tie
 *   magic    everything else: adding 1.5 * 2^23 leaves the rounded integer in the mantissa
 * Products never meet an addition unrounded, so -ffp-contract cannot change a bit.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define MN_INLINE static inline __attribute__((always_inline, unused))
#define MN_SHARED static __attribute__((noinline, unused))
#else
#define MN_INLINE static inline
#define MN_SHARED static
#endif

#if defined(MN_REQUANTIZE_INTEGER) || (defined(__arm__) && !defined(__ARM_FP)) || (defined(__riscv) && !defined(__riscv_flen))
#define MN_ROUND_INTEGER 1
#elif defined(__arm__) && defined(__GNUC__)
#define MN_ROUND_VCVTR 1
#else
#define MN_ROUND_MAGIC 1
#endif

#define MN_ROUND_LIMIT 4194304

/* The float32 value itself: a compiler cannot see through it to fuse the operation before with the one after. */
MN_INLINE float mn_rounded(float value)
{
#if defined(MN_ROUND_VCVTR)
    __asm__("" : "+t"(value));
    return value;
#elif defined(__GNUC__)
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    __asm__("" : "+r"(bits));
    memcpy(&value, &bits, sizeof value);
    return value;
#else
    volatile float kept = value;
    return kept;
#endif
}

MN_INLINE int32_t mn_clamp(int32_t value, int32_t low, int32_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* value / 2^shift rounded half to even, shift in [1, 31]. */
MN_INLINE uint32_t mn_shift_round(uint32_t value, int32_t shift)
{
    const uint32_t quotient = value >> shift;
    const uint32_t rest = value & ((1u << shift) - 1u);
    const uint32_t half = 1u << (shift - 1);
    return quotient + (rest > half || (rest == half && (quotient & 1u) != 0u) ? 1u : 0u);
}

#if defined(MN_ROUND_INTEGER)

/* (a * m) >> 16 for a < 2^23, m < 2^24. */
MN_INLINE uint32_t mn_product_high(uint32_t a, uint32_t m)
{
#if defined(__ARM_ARCH_6M__) || defined(__ARM_ARCH_8M_BASE__)
    const uint32_t ah = a >> 16, al = a & 0xffffu, mh = m >> 16, ml = m & 0xffffu;
    return ((ah * mh) << 16) + ah * ml + al * mh + ((al * ml) >> 16);
#else
    return (uint32_t)(((uint64_t)a * m) >> 16);
#endif
}

/* round_half_even(float32(float32(a) * m * 2^-shift)), m with bit 23 set, saturated at MN_ROUND_LIMIT. */
MN_SHARED int32_t mn_scale_round_exact(uint32_t a, uint32_t m, int32_t shift)
{
    uint64_t product;
    uint32_t mantissa;
    int32_t drop = 0;
    if (a == 0u)
        return 0;
    while ((a >> drop) >= 1u << 24)
        drop++;
    if (drop > 0)
        a = mn_shift_round(a, drop);
    shift -= drop;
    product = (uint64_t)a * m;
    drop = 0;
    while ((product >> drop) >= 1u << 24)
        drop++;
    mantissa = (uint32_t)product;
    if (drop > 0) {
        const uint64_t rest = product & (((uint64_t)1 << drop) - 1u);
        const uint64_t half = (uint64_t)1 << (drop - 1);
        mantissa = (uint32_t)(product >> drop);
        mantissa += rest > half || (rest == half && (mantissa & 1u) != 0u) ? 1u : 0u;
    }
    shift -= drop;
    if (shift <= 0)
        return MN_ROUND_LIMIT;
    if (shift > 25)
        return 0;
    mantissa = mn_shift_round(mantissa, shift);
    return mantissa > MN_ROUND_LIMIT ? MN_ROUND_LIMIT : (int32_t)mantissa;
}

/*
 * Let T = (a * m) >> 16 < 2^31. Cutting the low bits and both float roundings move the value by less than 2^7 in T, so outside
 * of 2^8 around a tie the rounded quotient of T is the answer.
 */
MN_SHARED int32_t mn_scale_round(int32_t acc, float scale)
{
    uint32_t bits;
    memcpy(&bits, &scale, sizeof bits);
    const uint32_t a = acc < 0 ? 0u - (uint32_t)acc : (uint32_t)acc;
    const uint32_t m = (bits & 0x7fffffu) | 0x800000u;
    const int32_t shift = 134 - (int32_t)(bits >> 23);
    int32_t magnitude;
    if (a < 1u << 23 && (uint32_t)(shift - 10) <= 21u) {
        const uint32_t one = 1u << shift;
        const uint32_t sum = mn_product_high(a, m) + (one >> 1);
        if ((sum & (one - 1u)) - 256u < one - 512u) {
            magnitude = (int32_t)(sum >> shift);
            return acc < 0 ? -magnitude : magnitude;
        }
    }
    magnitude = mn_scale_round_exact(a, m, shift + 16);
    return acc < 0 ? -magnitude : magnitude;
}

/* round_half_even(value), saturated at MN_ROUND_LIMIT. */
MN_SHARED int32_t mn_round(float value)
{
    uint32_t bits;
    int32_t magnitude;
    memcpy(&bits, &value, sizeof bits);
    const int32_t shift = 150 - (int32_t)((bits >> 23) & 0xffu);
    const uint32_t m = (bits & 0x7fffffu) | 0x800000u;
    if (shift <= 1)
        magnitude = MN_ROUND_LIMIT;
    else
        magnitude = shift > 25 ? 0 : (int32_t)mn_shift_round(m, shift);
    return (bits >> 31) != 0u ? -magnitude : magnitude;
}

#elif defined(MN_ROUND_VCVTR)

/* round_half_even(value), saturated to 32 bits. FPSCR keeps its reset rounding mode. */
MN_INLINE int32_t mn_round(float value)
{
    int32_t result;
    __asm__("vcvtr.s32.f32 %0, %0" : "+t"(value));
    memcpy(&result, &value, sizeof result);
    return result;
}

MN_INLINE int32_t mn_scale_round(int32_t acc, float scale)
{
#if defined(__ARM_FEATURE_MVE)
    /* GCC 12 would predicate the conversion into a mnemonic that its assembler takes for another instruction. */
    float value;
    memcpy(&value, &acc, sizeof value);
    __asm__("vcvt.f32.s32 %0, %0" : "+t"(value));
#else
    const float value = (float)acc;
#endif
    return mn_round(value * scale);
}

#else

/* round_half_even(value), saturated at MN_ROUND_LIMIT. */
MN_INLINE int32_t mn_round(float value)
{
    int32_t bits;
    const float limit = (float)MN_ROUND_LIMIT;
    value = value < -limit ? -limit : value > limit ? limit : value;
    value = mn_rounded(value) + 12582912.0f;
    memcpy(&bits, &value, sizeof bits);
    return bits - 0x4b400000;
}

MN_INLINE int32_t mn_scale_round(int32_t acc, float scale)
{
    return mn_round(mn_rounded((float)acc * scale));
}

#endif

/* clamp(round_half_even((float)acc * scale) + zero, low, high). */
MN_INLINE int32_t mn_requantize(int32_t acc, float scale, int32_t zero, int32_t low, int32_t high)
{
    return mn_clamp(mn_scale_round(acc, scale), low - zero, high - zero) + zero;
}
