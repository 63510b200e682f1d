/*
 * Inner products of the int8 inputs of a pixel with weights of four bits. A weight w lies as w + 8 in [0, 15], so that a sum is
 * bias + sum x * (w + 8) - 8 * sum x. Weights: for each four output channels, the last ones filled up, [taps / 4][8] bytes: taps 0, 2, 1, 3 of a quad, of each
 * two bytes, channels 0 and 1, channels 2 and 3, the first of two in the low half; taps are filled up to four with weights of 0.
 */
typedef struct {
    const int8_t *weights;
    const int32_t *bias;
    const float *scale;
    uint32_t taps;
    uint32_t channels;
    int32_t zero;
    int32_t low;
    int32_t high;
} mn_narrow;

/* Adds the products of whole quads of inputs to the sums of four channels. */
#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)

#define MN_NARROW_WORD(w, x) \
    "and.w %[t], %[mask], " w "\n smlad %[a0], %[t], " x ", %[a0]\n and.w %[t], %[mask], " w ", lsr #4\n smlad %[a1], %[t], " x ", %[a1]\n" \
    "and.w %[t], %[mask], " w ", lsr #8\n smlad %[a2], %[t], " x ", %[a2]\n and.w %[t], %[mask], " w ", lsr #12\n smlad %[a3], %[t], " x ", %[a3]\n"

/* Four inputs by four channels: 16 MACs in 22 cycles. */
#define MN_NARROW_QUAD \
    "ldr.w %[x1], [%[in]], #4\n ldr.w %[w0], [%[w]], #8\n ldr.w %[w1], [%[w], #-4]\n sxtb16 %[x0], %[x1]\n sxtb16 %[x1], %[x1], ror #8\n" \
    MN_NARROW_WORD("%[w0]", "%[x0]") MN_NARROW_WORD("%[w1]", "%[x1]")
#define MN_NARROW(quads) \
    __asm volatile(quads \
        : [a0] "+&r"(a0), [a1] "+&r"(a1), [a2] "+&r"(a2), [a3] "+&r"(a3), [in] "+&r"(in), [w] "+&r"(w), [x0] "=&r"(x0), [x1] "=&r"(x1), \
          [w0] "=&r"(w0), [w1] "=&r"(w1), [t] "=&r"(t) \
        : [mask] "r"(0x000f000fu) \
        : "memory")

MN_SHARED void mn_narrow_quads(uint32_t *acc, const int8_t *in, const int8_t *w, uint32_t quads)
{
    uint32_t a0 = acc[0], a1 = acc[1], a2 = acc[2], a3 = acc[3], x0, x1, w0, w1, t;
    if ((quads & 1u) != 0u)
        MN_NARROW(MN_NARROW_QUAD);
    for (uint32_t pairs = quads >> 1; pairs != 0u; pairs--)
        MN_NARROW(MN_NARROW_QUAD MN_NARROW_QUAD);
    acc[0] = a0;
    acc[1] = a1;
    acc[2] = a2;
    acc[3] = a3;
}

#else

MN_SHARED void mn_narrow_quads(uint32_t *acc, const int8_t *in, const int8_t *w, uint32_t quads)
{
    uint32_t a0 = acc[0], a1 = acc[1], a2 = acc[2], a3 = acc[3];
    for (; quads != 0u; quads--, in += 4) {
        for (uint32_t i = 0; i < 4u; i++, w += 2) {
            const int32_t x = in[((i & 1u) << 1) | (i >> 1)];
            const int32_t first = (uint8_t)w[0], second = (uint8_t)w[1];
            a0 += (uint32_t)(x * (first & 15));
            a1 += (uint32_t)(x * (first >> 4));
            a2 += (uint32_t)(x * (second & 15));
            a3 += (uint32_t)(x * (second >> 4));
        }
    }
    acc[0] = a0;
    acc[1] = a1;
    acc[2] = a2;
    acc[3] = a3;
}

#endif

/* All channels of a pixel whose inputs lie one behind the other. */
MN_SHARED void mn_narrow_pixel_s8(const mn_narrow *p, const int8_t *x, int8_t *out)
{
    const uint32_t quads = p->taps >> 2, rest = p->taps & 3u;
    const uint32_t eights = 8u * (uint32_t)mn_sum_s8(x, p->taps);
    const int8_t *w = p->weights;
    int8_t last[4] = { 0, 0, 0, 0 };
    for (uint32_t i = 0; i < rest; i++)
        last[i] = x[4u * quads + i];
    const uint32_t channels = p->channels, pitch = 8u * quads;
    const int32_t *bias = p->bias;
    const float *scale = p->scale;
    const int32_t zero = p->zero, low = p->low, high = p->high;
    for (uint32_t c = 0; c < channels; c += 4u, bias += 4, scale += 4, out += 4, w += pitch) {
        const uint32_t count = channels - c;
        uint32_t acc[4] = { (uint32_t)bias[0] - eights, 0u, 0u, 0u };
        if (count > 1u)
            acc[1] = (uint32_t)bias[1] - eights;
        if (count > 2u)
            acc[2] = (uint32_t)bias[2] - eights;
        if (count > 3u)
            acc[3] = (uint32_t)bias[3] - eights;
        mn_narrow_quads(acc, x, w, quads);
        if (rest != 0u) {
            mn_narrow_quads(acc, last, w + pitch, 1u);
            w += 8;
        }
        if (count > 3u) {
            const int32_t sums[4] = { (int32_t)acc[0], (int32_t)acc[1], (int32_t)acc[2], (int32_t)acc[3] };
            mn_requantize4(out, sums, scale, zero, low, high);
        } else {
            for (uint32_t i = 0; i < count; i++)
                out[i] = (int8_t)mn_requantize((int32_t)acc[i], scale[i], zero, low, high);
        }
    }
}
