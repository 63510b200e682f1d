/*
 * Weights that lie in flash in fewer bits than float32 and are widened where they are used; products and sums as in mn_real_sums.h, in the same order.
 * weights   blocks of four channels [taps][4], then the channels that are left as [taps]: of 16 bits float16, low byte first; of 8 bits int8; of 4 bits
 *           two in a byte, the first in its low half, which go on from channel to channel
 * scale     for each channel a scale for every `group` taps: blocks of four channels [groups][4], then [groups]; float16 has none
 * zero      zero points like scales, or where `zeros` is 0 one for all
 * An integer q is (float)(q - zero) * scale, rounded once, which is what DequantizeLinear of ONNX gives.
 */
typedef struct {
    const int8_t *weights;
    const float *scale;
    const int8_t *zero;
    uint32_t taps;
    uint32_t group;
    uint32_t groups;
    uint32_t bits;
    uint32_t zeros;
} mn_packed;

/* Exact for every float16. Units that have fused multiplication, VFPv4, convert float16 too, whatever __ARM_FP says of it. */
MN_INLINE float mn_packed_half(const int8_t *bytes)
{
    const uint32_t half = (uint32_t)(uint8_t)bytes[0] | (uint32_t)(uint8_t)bytes[1] << 8;
    float value;
#if defined(__ARM_FP) && defined(__ARM_FEATURE_FMA) && defined(__GNUC__)
    memcpy(&value, &half, sizeof value);
    __asm__("vcvtb.f32.f16 %[value], %[value]" : [value] "+t"(value));
    return value;
#else
    const uint32_t exponent = (half >> 10) & 31u, fraction = half & 0x3ffu;
    uint32_t bits;
    if (exponent == 0u) {
        value = (float)fraction * 5.9604644775390625e-8f;
        memcpy(&bits, &value, sizeof bits);
    } else {
        bits = ((exponent == 31u ? 255u : exponent + 112u) << 23) | fraction << 13;
    }
    bits |= (half & 0x8000u) << 16;
    memcpy(&value, &bits, sizeof value);
    return value;
#endif
}

/* Two float16 one behind the other. */
MN_INLINE void mn_packed_halves(const int8_t *bytes, float *out)
{
#if defined(__ARM_FP) && defined(__ARM_FEATURE_FMA) && defined(__GNUC__) && defined(__ARM_FEATURE_UNALIGNED)
    float both, low;
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    memcpy(&both, &word, sizeof both);
    __asm__("vcvtb.f32.f16 %[low], %[both]\n vcvtt.f32.f16 %[both], %[both]" : [low] "=&t"(low), [both] "+t"(both));
    out[0] = low;
    out[1] = both;
#else
    out[0] = mn_packed_half(bytes);
    out[1] = mn_packed_half(bytes + 2);
#endif
}

/* The integer number i of those of four bits. */
MN_INLINE int32_t mn_packed_nibble(const int8_t *weights, size_t i)
{
    const int32_t both = weights[i >> 1];
    return (i & 1u) != 0u ? both >> 4 : (int32_t)((uint32_t)both << 28) >> 28;
}

/* Of a channel, or the first of a block of four: where its weights and scales begin. */
MN_INLINE size_t mn_packed_at(const mn_packed *w, uint32_t channel, uint32_t lanes, uint32_t tap)
{
    return (size_t)channel * w->taps + (size_t)lanes * tap;
}

MN_INLINE size_t mn_packed_scale(const mn_packed *w, uint32_t channel, uint32_t lanes, uint32_t tap)
{
    return (size_t)channel * w->groups + (size_t)lanes * (tap / w->group);
}

/* Taps from `tap` on, at most n, that share their scales. */
MN_INLINE uint32_t mn_packed_run(const mn_packed *w, uint32_t tap, uint32_t n)
{
    const uint32_t left = w->group - tap % w->group;
    return n < left ? n : left;
}

/* Widens taps [tap, tap + n) of a block of four channels into [n][4]. */
MN_SHARED void mn_packed_widen4(const mn_packed *w, uint32_t channel, uint32_t tap, uint32_t n, float *out)
{
    if (w->bits == 16u) {
        const int8_t *q = w->weights + 2u * mn_packed_at(w, channel, 4u, tap);
        for (; n != 0u; n--, q += 8, out += 4) {
            mn_packed_halves(q, out);
            mn_packed_halves(q + 4, out + 2);
        }
        return;
    }
    while (n != 0u) {
        const uint32_t run = mn_packed_run(w, tap, n);
        const size_t first = mn_packed_at(w, channel, 4u, tap), at = mn_packed_scale(w, channel, 4u, tap);
        const float s0 = w->scale[at], s1 = w->scale[at + 1u], s2 = w->scale[at + 2u], s3 = w->scale[at + 3u];
        const int8_t *z = w->zero + (w->zeros != 0u ? at : 0u), *q = w->weights;
        const int32_t next = w->zeros != 0u ? 1 : 0, z0 = z[0], z1 = z[next], z2 = z[2 * next], z3 = z[3 * next];
        if (w->bits == 8u) {
            q += first;
            for (uint32_t i = run; i != 0u; i--, q += 4, out += 4) {
                const int32_t q0 = q[0], q1 = q[1], q2 = q[2], q3 = q[3];
                out[0] = (float)(q0 - z0) * s0;
                out[1] = (float)(q1 - z1) * s1;
                out[2] = (float)(q2 - z2) * s2;
                out[3] = (float)(q3 - z3) * s3;
            }
        } else {
            q += first >> 1;
            for (uint32_t i = run; i != 0u; i--, q += 2, out += 4) {
                const int32_t low = q[0], high = q[1];
                out[0] = (float)(((int32_t)((uint32_t)low << 28) >> 28) - z0) * s0;
                out[1] = (float)((low >> 4) - z1) * s1;
                out[2] = (float)(((int32_t)((uint32_t)high << 28) >> 28) - z2) * s2;
                out[3] = (float)((high >> 4) - z3) * s3;
            }
        }
        tap += run;
        n -= run;
    }
}

/* Widens taps [tap, tap + n) of one channel. */
MN_SHARED void mn_packed_widen(const mn_packed *w, uint32_t channel, uint32_t tap, uint32_t n, float *out)
{
    size_t at = mn_packed_at(w, channel, 1u, tap);
    if (w->bits == 16u) {
        for (const int8_t *q = w->weights + 2u * at; n != 0u; n--, q += 2)
            *out++ = mn_packed_half(q);
        return;
    }
    while (n != 0u) {
        const uint32_t run = mn_packed_run(w, tap, n);
        const size_t place = mn_packed_scale(w, channel, 1u, tap);
        const float s = w->scale[place];
        const int32_t z = w->zero[w->zeros != 0u ? place : 0u];
        if (w->bits == 8u) {
            for (uint32_t i = run; i != 0u; i--, at++)
                *out++ = (float)(w->weights[at] - z) * s;
        } else {
            for (uint32_t i = run; i != 0u; i--, at++)
                *out++ = (float)(mn_packed_nibble(w->weights, at) - z) * s;
        }
        tap += run;
        n -= run;
    }
}
