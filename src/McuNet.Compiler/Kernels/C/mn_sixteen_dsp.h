/*
 * Sums of 16-bit inputs with int8 weights for cores with the DSP extension, two products an instruction. No part of a sum leaves 32 bits, inputs have
 * no zero point or lost it when they were widened, weights have none.
 * weights      int8, of four in a row 0, 2, 1, 3; a convolution's for two channels a and b in turn, four of a, four of b, its taps
 *              [kernel_height][kernel_width][in_channels] filled up to `taps`, a multiple of four, its channels to an even number;
 *              of a depthwise layer [kernel_height][kernel_width][channels], channels filled up to a multiple of four
 * bias, scale  [out_channels]
 * The result is round_half_even((float)acc * scale), both steps in float32, plus out_zero.
 */
typedef struct {
    const int8_t *weights;
    const int32_t *bias;
    const float *scale;
    uint32_t taps;
    uint32_t in_width;
    uint32_t in_channels;
    uint32_t out_channels;
    uint32_t kernel_height;
    uint32_t kernel_width;
    uint32_t stride;
    uint32_t dilation;
    uint32_t pad_left;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_sixteen;

/* Sums of two pixels x (to `end`) and y by two channels, whose weights are at w: those of x, then those of y. */
typedef struct {
    const int16_t *x;
    const int16_t *y;
    const int8_t *w;
    int32_t acc[4];
    const int16_t *end;
} mn_sixteen_sums;

/* Two neighbours at any even address. */
MN_INLINE uint32_t mn_sixteen_pair(const void *from)
{
    uint32_t pair;
    memcpy(&pair, from, sizeof pair);
    return pair;
}

#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)
#include <arm_acle.h>

/* acc + a.low * b.low + a.high * b.high */
MN_INLINE int32_t mn_sixteen_add(int32_t acc, uint32_t a, uint32_t b)
{
    return __smlad((int32_t)a, (int32_t)b, acc);
}

/* The products of low and of high halves, each to a sum of its own. */
MN_INLINE int32_t mn_sixteen_add_low(int32_t acc, uint32_t a, uint32_t b)
{
    return __smlabb((int32_t)a, (int32_t)b, acc);
}

MN_INLINE int32_t mn_sixteen_add_high(int32_t acc, uint32_t a, uint32_t b)
{
    return __smlatt((int32_t)a, (int32_t)b, acc);
}

/* Bytes 0 and 2 of four, and bytes 1 and 3, sign-extended. */
MN_INLINE uint32_t mn_sixteen_even(uint32_t bytes)
{
    return (uint32_t)__sxtb16((int32_t)bytes);
}

MN_INLINE uint32_t mn_sixteen_odd(uint32_t bytes)
{
    uint32_t odd;
    __asm__("sxtb16 %[odd], %[bytes], ror #8" : [odd] "=r"(odd) : [bytes] "r"(bytes));
    return odd;
}

MN_INLINE uint32_t mn_sixteen_less(uint32_t a, uint32_t b)
{
    return (uint32_t)__ssub16((int32_t)a, (int32_t)b);
}

#define MN_SIXTEEN_QUAD \
    "ldr r9, [r0, #4]\n ldr r8, [r0], #8\n ldr r11, [r1, #4]\n ldr r10, [r1], #8\n ldr lr, [r2, #4]\n ldr r12, [r2], #8\n" \
    "sxtb16 r7, r12\n smlad r3, r8, r7, r3\n smlad r5, r10, r7, r5\n sxtb16 r12, r12, ror #8\n smlad r3, r9, r12, r3\n smlad r5, r11, r12, r5\n" \
    "sxtb16 r7, lr\n smlad r4, r8, r7, r4\n smlad r6, r10, r7, r6\n sxtb16 lr, lr, ror #8\n smlad r4, r9, lr, r4\n smlad r6, r11, lr, r6\n"

_Static_assert(offsetof(mn_sixteen_sums, y) == 4 && offsetof(mn_sixteen_sums, w) == 8 && offsetof(mn_sixteen_sums, acc) == 12 && offsetof(mn_sixteen_sums, end) == 28, "r0-r7 are loaded in this order");

/* 16 products in 19 cycles. s0 r7, which may be the frame pointer  s1 the end  s2 the sums */
MN_SHARED void mn_sixteen_dot2(mn_sixteen_sums *sums)
{
    register mn_sixteen_sums *d __asm("r0") = sums;
    __asm volatile(
        "vmov s0, r7\n vmov s2, %[d]\n ldm %[d], {r0-r7}\n vmov s1, r7\n"
        "subs r7, r7, r0\n lsls r7, r7, #28\n bmi .Lodd%=\n"
        ".Ltwo%=:\n" MN_SIXTEEN_QUAD ".Lodd%=:\n" MN_SIXTEEN_QUAD
        "vmov r7, s1\n cmp r0, r7\n bne .Ltwo%=\n"
        "vmov r0, s2\n adds r0, r0, #12\n stm r0!, {r3-r6}\n vmov r7, s0\n"
        : [d] "+r"(d)
        :
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "cc", "memory");
}

#else

MN_INLINE int32_t mn_sixteen_half(uint32_t pair, uint32_t shift)
{
    return (int16_t)(uint16_t)(pair >> shift);
}

MN_INLINE int32_t mn_sixteen_add_low(int32_t acc, uint32_t a, uint32_t b)
{
    return acc + mn_sixteen_half(a, 0) * mn_sixteen_half(b, 0);
}

MN_INLINE int32_t mn_sixteen_add_high(int32_t acc, uint32_t a, uint32_t b)
{
    return acc + mn_sixteen_half(a, 16) * mn_sixteen_half(b, 16);
}

MN_INLINE int32_t mn_sixteen_add(int32_t acc, uint32_t a, uint32_t b)
{
    return mn_sixteen_add_high(mn_sixteen_add_low(acc, a, b), a, b);
}

MN_INLINE uint32_t mn_sixteen_even(uint32_t bytes)
{
    return (uint32_t)(uint16_t)(int8_t)(uint8_t)bytes | (uint32_t)(int8_t)(uint8_t)(bytes >> 16) << 16;
}

MN_INLINE uint32_t mn_sixteen_odd(uint32_t bytes)
{
    return mn_sixteen_even(bytes >> 8);
}

MN_INLINE uint32_t mn_sixteen_less(uint32_t a, uint32_t b)
{
    return ((a - (b & 0xffffu)) & 0xffffu) | ((a & 0xffff0000u) - (b & 0xffff0000u));
}

MN_SHARED void mn_sixteen_dot2(mn_sixteen_sums *sums)
{
    const int16_t *y = sums->y;
    const int8_t *w = sums->w;
    for (const int16_t *x = sums->x; x < sums->end; x += 4, y += 4, w += 8) {
        for (uint32_t i = 0; i < 4u; i++) {
            const int16_t *const from = i < 2u ? x : y;
            const uint32_t four = mn_sixteen_pair(w + 4u * (i & 1u));
            sums->acc[i] = mn_sixteen_add(sums->acc[i], mn_sixteen_pair(from), mn_sixteen_even(four));
            sums->acc[i] = mn_sixteen_add(sums->acc[i], mn_sixteen_pair(from + 2), mn_sixteen_odd(four));
        }
    }
}

#endif

/* Four inputs as pairs (v0, v1) and (v2, v3). */
MN_INLINE void mn_sixteen_four_s16(const int16_t *from, uint32_t zero, uint32_t *first, uint32_t *second)
{
    (void)zero;
    *first = mn_sixteen_pair(from);
    *second = mn_sixteen_pair(from + 2);
}

/* The same of bytes, less their zero point, which `zero` holds twice. */
MN_INLINE void mn_sixteen_four_s8(const int8_t *from, uint32_t zero, uint32_t *first, uint32_t *second)
{
    const uint32_t bytes = mn_sixteen_pair(from);
    const uint32_t even = mn_sixteen_less(mn_sixteen_even(bytes), zero), odd = mn_sixteen_less(mn_sixteen_odd(bytes), zero);
    *first = (even & 0xffffu) | odd << 16;
    *second = even >> 16 | (odd & 0xffff0000u);
}

/* n inputs as 16 bits without zero point; the next free place. */
MN_INLINE int16_t *mn_sixteen_take_s16(int16_t *to, const int16_t *from, uint32_t n, int32_t zero)
{
    (void)zero;
    for (; n >= 4u; n -= 4u, from += 4, to += 4) {
        const uint32_t first = mn_sixteen_pair(from), second = mn_sixteen_pair(from + 2);
        memcpy(to, &first, sizeof first);
        memcpy(to + 2, &second, sizeof second);
    }
    for (; n != 0u; n--)
        *to++ = *from++;
    return to;
}

MN_INLINE int16_t *mn_sixteen_take_s8(int16_t *to, const int8_t *from, uint32_t n, int32_t zero)
{
    const uint32_t zeros = (uint32_t)(uint16_t)zero | (uint32_t)zero << 16;
    for (; n >= 4u; n -= 4u, from += 4, to += 4) {
        uint32_t first, second;
        mn_sixteen_four_s8(from, zeros, &first, &second);
        memcpy(to, &first, sizeof first);
        memcpy(to + 2, &second, sizeof second);
    }
    for (; n != 0u; n--)
        *to++ = (int16_t)(*from++ - zero);
    return to;
}

/* n times 0; the next free place. */
MN_INLINE int16_t *mn_sixteen_blank(int16_t *to, uint32_t n)
{
    for (; n != 0u; n--)
        *to++ = 0;
    return to;
}

/* Adds two channels of a pixel. */
MN_INLINE void mn_sixteen_dot1(int32_t *acc, const int16_t *x, const int8_t *w, uint32_t quads)
{
    int32_t a = acc[0], b = acc[1];
    for (; quads != 0u; quads--, x += 4, w += 8) {
        const uint32_t u = mn_sixteen_pair(w), v = mn_sixteen_pair(w + 4), p = mn_sixteen_pair(x), q = mn_sixteen_pair(x + 2);
        a = mn_sixteen_add(mn_sixteen_add(a, p, mn_sixteen_even(u)), q, mn_sixteen_odd(u));
        b = mn_sixteen_add(mn_sixteen_add(b, p, mn_sixteen_even(v)), q, mn_sixteen_odd(v));
    }
    acc[0] = a;
    acc[1] = b;
}

/* Where results go, copied from the parameter block, which may lie in memory that waits. */
typedef struct {
    int32_t zero;
    int32_t low;
    int32_t high;
} mn_sixteen_range;

MN_INLINE mn_sixteen_range mn_sixteen_range_of(const mn_sixteen *p)
{
    const mn_sixteen_range range = { p->out_zero, p->out_min, p->out_max };
    return range;
}

MN_INLINE int32_t mn_sixteen_result(mn_sixteen_range range, int32_t acc, float scale)
{
    return mn_clamp(mn_scale_round(acc, scale) + range.zero, range.low, range.high);
}
