/*
 * Parameter block of the sum of two tensors by halves of words:
 * saturate((floor(a * multiplier_a / 2^8) + floor(b * multiplier_b / 2^8) + offset) >> 20), then limited to [out_min, out_max].
 */
typedef struct {
    int32_t multiplier_a;
    int32_t multiplier_b;
    int32_t offset;
    uint16_t channels;
    int8_t out_min;
    int8_t out_max;
} mn_add_dsp;

/* One term and what it is added to: a value of int8 in the upper byte of a half-word, whose lower byte is zero, times 2^-16 multiplier. */
#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)

/* No intrinsics: with their saturation flag GCC 12 keeps the sums in an order that takes more registers. */
#define MN_ADD_TERM(name, instruction) \
    MN_INLINE int32_t name(int32_t multiplier, uint32_t pair, int32_t sum) \
    { \
        __asm__(instruction " %[to], %[multiplier], %[pair], %[sum]" : [to] "=r"(sum) : [multiplier] "r"(multiplier), [pair] "r"(pair), [sum] "r"(sum)); \
        return sum; \
    }

MN_ADD_TERM(mn_add_low, "smlawb")
MN_ADD_TERM(mn_add_high, "smlawt")

MN_INLINE uint32_t mn_add_upper(void)
{
    uint32_t upper = 0xff00ff00u;
    __asm__("" : "+r"(upper));
    return upper;
}

MN_INLINE int8_t mn_add_result(int32_t sum)
{
    __asm__("ssat %[to], #8, %[sum], asr #20" : [to] "=r"(sum) : [sum] "r"(sum));
    return (int8_t)sum;
}

#else

MN_INLINE int32_t mn_add_low(int32_t multiplier, uint32_t pair, int32_t sum)
{
    return sum + (int32_t)(((int64_t)multiplier * (int16_t)(uint16_t)pair) >> 16);
}

MN_INLINE int32_t mn_add_high(int32_t multiplier, uint32_t pair, int32_t sum)
{
    return sum + (int32_t)(((int64_t)multiplier * (int16_t)(uint16_t)(pair >> 16)) >> 16);
}

MN_INLINE uint32_t mn_add_upper(void)
{
    return 0xff00ff00u;
}

MN_INLINE int8_t mn_add_result(int32_t sum)
{
    return mn_saturate8(sum >> 20);
}

#endif

/* Four sums, upper = 0xff00ff00. Words are read at any address; the even bytes of a word hold lanes 0 and 2. */
MN_INLINE void mn_add_four(const int8_t *a, const int8_t *b, int8_t *out, int32_t ma, int32_t mb, int32_t offset, uint32_t upper)
{
    uint32_t wa, wb;
    memcpy(&wa, a, sizeof wa);
    memcpy(&wb, b, sizeof wb);
    const uint32_t even_a = (wa << 8) & upper, odd_a = wa & upper;
    const uint32_t even_b = (wb << 8) & upper, odd_b = wb & upper;
    const int32_t s0 = mn_add_low(mb, even_b, mn_add_low(ma, even_a, offset)), s1 = mn_add_low(mb, odd_b, mn_add_low(ma, odd_a, offset));
    const int32_t s2 = mn_add_high(mb, even_b, mn_add_high(ma, even_a, offset)), s3 = mn_add_high(mb, odd_b, mn_add_high(ma, odd_a, offset));
    out[0] = mn_add_result(s0);
    out[1] = mn_add_result(s1);
    out[2] = mn_add_result(s2);
    out[3] = mn_add_result(s3);
}
