/*
 * Arithmetic that every kernel shares. Pasted once, before the kernels.
 *
 * Requantisation: q = round_half_even((float)acc * scale), all three steps in float32. Three variants give the same result for every
 * q in [-2^21, 2^21] and saturate beyond, which callers never see because they clamp to 8 bits:
 *   vcvtr    cores with a single-precision FPU: one convert, one multiply, one convert
 *   integer  cores without: a 24 x 24 bit product, and an exact path for values next to a tie
 *   magic    everything else: adding 1.5 * 2^23 leaves the rounded integer in the mantissa
 * Products never meet an addition unrounded, so -ffp-contract cannot change a bit. Rounding a real value, infinities saturate, and what is
 * not a number gives 0: a quantised value is the zero point then, within its clamp.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * What a compiler must be told beyond C11 is in this block alone, and each kernel that has assembly has plain C beside it, except for vectors.
 * Tested: GCC and clang. Not tested: Arm Compiler 6, which is a clang and takes that way, and IAR, which has the attributes of GCC but, not being
 * __GNUC__, gets the plain C. Any other compiler gets standard C, and decides for itself what becomes part of what.
 *
 * A function through which the arena or a row passes is MN_INLINE, and so part of its caller, or it is opaque: GCC may not conclude from its
 * body what it reads and writes. GCC 12 may rewrite a pointer of a loop so that a store seems to go nowhere, find the function without
 * effect, and drop its calls. MN_KERNEL: a kernel of several layers; one that a single layer calls is MN_INLINE. MN_SHARED_KERNELS: this is
 * a file of kernels that models share.
 */
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 8
#define MN_OPAQUE __attribute__((noipa))
#else
#define MN_OPAQUE
#endif
#if defined(__GNUC__) || defined(__ICCARM__)
#define MN_INLINE static inline __attribute__((always_inline, unused))
#else
#define MN_INLINE static inline
#endif
#if !defined(MN_SHARED_KERNELS) && (defined(__GNUC__) || defined(__ICCARM__))
#define MN_SHARED static MN_OPAQUE __attribute__((noinline, unused))
#elif !defined(MN_SHARED_KERNELS)
#define MN_SHARED static
#elif defined(__GNUC__) || defined(__ICCARM__)
#define MN_SHARED MN_OPAQUE __attribute__((noinline, weak))
#else
#define MN_SHARED
#endif
#define MN_KERNEL MN_SHARED

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

/* The nearest int8. */
MN_INLINE int8_t mn_saturate8(int32_t value)
{
#if defined(__ARM_FEATURE_SAT) && defined(__GNUC__)
    int32_t saturated;
    __asm__("ssat %[saturated], #8, %[value]" : [saturated] "=r"(saturated) : [value] "r"(value));
    return (int8_t)saturated;
#else
    return (int8_t)mn_clamp(value, -128, 127);
#endif
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

/* floor(acc * m / 2^16) for |acc| <= 2^22, m < 2^24. */
MN_INLINE int32_t mn_product_high(int32_t acc, uint32_t m)
{
#if defined(__ARM_ARCH_6M__) || defined(__ARM_ARCH_8M_BASE__)
    const uint32_t low = (uint32_t)acc & 0xffffu;
    return (acc >> 16) * (int32_t)m + (int32_t)(low * (m >> 16) + ((low * (m & 0xffffu)) >> 16));
#else
    return (int32_t)(((int64_t)acc * (int32_t)m) >> 16);
#endif
}

/* The rule step by step: acc to 24 bits, the product to 24 bits, the product to an integer. */
MN_SHARED int32_t mn_scale_round_exact(int32_t acc, uint32_t scale)
{
    const uint32_t m = (scale & 0x7fffffu) | 0x800000u;
    int32_t shift = 150 - (int32_t)(scale >> 23), drop = 0;
    uint32_t a = acc < 0 ? 0u - (uint32_t)acc : (uint32_t)acc, mantissa;
    uint64_t product;
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
    mantissa = shift <= 0 ? MN_ROUND_LIMIT : shift > 25 ? 0u : mn_shift_round(mantissa, shift);
    mantissa = mantissa > MN_ROUND_LIMIT ? MN_ROUND_LIMIT : mantissa;
    return acc < 0 ? -(int32_t)mantissa : (int32_t)mantissa;
}

/*
 * Let T = floor(acc * m / 2^16), |T| <= 2^30. Cutting the low bits and both float roundings move the value by less than 2^7 in T, so where
 * T moved by 2^8 up and down rounds to one quotient, that is the answer.
 */
MN_SHARED int32_t mn_scale_round(int32_t acc, float scale)
{
    uint32_t bits;
    memcpy(&bits, &scale, sizeof bits);
    const int32_t shift = 134 - (int32_t)(bits >> 23);
    if (((uint32_t)acc + (1u << 22)) >> 23 == 0u && (uint32_t)(shift - 10) <= 20u) {
        const int32_t low = mn_product_high(acc, (bits & 0x7fffffu) | 0x800000u) + ((int32_t)((1u << shift) >> 1) - 256);
        const int32_t quotient = low >> shift;
        if ((low + 512) >> shift == quotient)
            return quotient;
    }
    return mn_scale_round_exact(acc, bits);
}

/* round_half_even(value), saturated at MN_ROUND_LIMIT; 0 for NaN. */
MN_SHARED int32_t mn_round(float value)
{
    uint32_t bits;
    int32_t magnitude;
    memcpy(&bits, &value, sizeof bits);
    if ((bits & 0x7fffffffu) > 0x7f800000u)
        return 0;
    const int32_t shift = 150 - (int32_t)((bits >> 23) & 0xffu);
    const uint32_t m = (bits & 0x7fffffu) | 0x800000u;
    if (shift <= 1)
        magnitude = MN_ROUND_LIMIT;
    else
        magnitude = shift > 25 ? 0 : (int32_t)mn_shift_round(m, shift);
    return (bits >> 31) != 0u ? -magnitude : magnitude;
}

#elif defined(MN_ROUND_VCVTR)

/* round_half_even(value), saturated to 32 bits; 0 for NaN. FPSCR keeps its reset rounding mode. */
MN_INLINE int32_t mn_round(float value)
{
    int32_t result;
    __asm__("vcvtr.s32.f32 %[value], %[value]" : [value] "+t"(value));
    memcpy(&result, &value, sizeof result);
    return result;
}

MN_INLINE int32_t mn_scale_round(int32_t acc, float scale)
{
#if defined(__ARM_FEATURE_MVE)
    /* GCC 12 would predicate the conversion into a mnemonic that its assembler takes for another instruction. */
    float value;
    memcpy(&value, &acc, sizeof value);
    __asm__("vcvt.f32.s32 %[value], %[value]" : [value] "+t"(value));
#else
    const float value = (float)acc;
#endif
    return mn_round(value * scale);
}

#else

/* round_half_even(value), saturated at MN_ROUND_LIMIT; value is a number. */
MN_INLINE int32_t mn_round_number(float value)
{
    int32_t bits;
    const float limit = (float)MN_ROUND_LIMIT;
    value = value < -limit ? -limit : value > limit ? limit : value;
    value = mn_rounded(value) + 12582912.0f;
    memcpy(&bits, &value, sizeof bits);
    return bits - 0x4b400000;
}

/* The same, and 0 for NaN. */
MN_INLINE int32_t mn_round(float value)
{
    return mn_round_number(value == value ? value : 0.0f);
}

MN_INLINE int32_t mn_scale_round(int32_t acc, float scale)
{
    return mn_round_number(mn_rounded((float)acc * scale));
}

#endif

/* clamp(round_half_even((float)acc * scale) + zero, low, high). */
MN_INLINE int32_t mn_requantize(int32_t acc, float scale, int32_t zero, int32_t low, int32_t high)
{
    return mn_clamp(mn_scale_round(acc, scale), low - zero, high - zero) + zero;
}

/* Four outputs in a row. Values first, stores after: a store to bytes would make the compiler load the parameters again. */
MN_INLINE void mn_requantize4(int8_t *out, const int32_t *acc, const float *scale, int32_t zero, int32_t low, int32_t high)
{
    const int32_t v0 = mn_requantize(acc[0], scale[0], zero, low, high), v1 = mn_requantize(acc[1], scale[1], zero, low, high);
    const int32_t v2 = mn_requantize(acc[2], scale[2], zero, low, high), v3 = mn_requantize(acc[3], scale[3], zero, low, high);
    out[0] = (int8_t)v0;
    out[1] = (int8_t)v1;
    out[2] = (int8_t)v2;
    out[3] = (int8_t)v3;
}
