/*
 * Fully connected layer whose sums need more than the 24 bits of mn_dot, or whose weights have zero points (weight_zero null: none), without
 * scratch: four outputs at a time, inputs widened on the way. Weights: [outputs / 4][in_count / 4][4][4], each block followed by its last inputs
 * as [4][in_count % 4], then the outputs that are left as [rest][in_count]. Output may not overlap the input.
 */
typedef struct {
    uint32_t acc[4];
    const int8_t *in;
    const int8_t *w;
    uint32_t quads;
} mn_dense_wide;

#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)

#define MN_DENSE_WIDE_OUTPUT(acc, w) \
    "sxtb16 %[t], " w "\n sxtb16 " w ", " w ", ror #8\n smlad " acc ", %[t], %[x0], " acc "\n smlad " acc ", " w ", %[x1], " acc "\n"

/* Four inputs by four outputs: 16 MACs in 24 cycles, 84 bytes. */
#define MN_DENSE_WIDE_QUAD \
    "ldr.w %[x1], [%[in]], #4\n ldr.w %[w0], [%[w]], #16\n ldr.w %[w1], [%[w], #-12]\n ldr.w %[w2], [%[w], #-8]\n ldr.w %[w3], [%[w], #-4]\n" \
    "sxtb16 %[x0], %[x1]\n sxtb16 %[x1], %[x1], ror #8\n" \
    MN_DENSE_WIDE_OUTPUT("%[a0]", "%[w0]") MN_DENSE_WIDE_OUTPUT("%[a1]", "%[w1]") \
    MN_DENSE_WIDE_OUTPUT("%[a2]", "%[w2]") MN_DENSE_WIDE_OUTPUT("%[a3]", "%[w3]")
#define MN_DENSE_WIDE(quads) \
    __asm volatile(quads \
        : [a0] "+&r"(a0), [a1] "+&r"(a1), [a2] "+&r"(a2), [a3] "+&r"(a3), [in] "+&r"(in), [w] "+&r"(w), [x0] "=&r"(x0), [x1] "=&r"(x1), \
          [w0] "=&r"(w0), [w1] "=&r"(w1), [w2] "=&r"(w2), [w3] "=&r"(w3), [t] "=&r"(t) \
        : \
        : "memory")

/* Adds the products of at least one quad of inputs to four sums, and moves on behind them. */
MN_SHARED void mn_dense_wide_s8(mn_dense_wide *sums)
{
    uint32_t a0 = sums->acc[0], a1 = sums->acc[1], a2 = sums->acc[2], a3 = sums->acc[3], x0, x1, w0, w1, w2, w3, t;
    const int8_t *in = sums->in, *w = sums->w;
    if ((sums->quads & 1u) != 0u)
        MN_DENSE_WIDE(MN_DENSE_WIDE_QUAD);
    for (uint32_t pairs = sums->quads >> 1; pairs != 0u; pairs--)
        MN_DENSE_WIDE(MN_DENSE_WIDE_QUAD MN_DENSE_WIDE_QUAD);
    sums->acc[0] = a0;
    sums->acc[1] = a1;
    sums->acc[2] = a2;
    sums->acc[3] = a3;
    sums->in = in;
    sums->w = w;
}

#else

MN_SHARED void mn_dense_wide_s8(mn_dense_wide *sums)
{
    for (uint32_t q = 0; q < sums->quads; q++, sums->in += 4, sums->w += 16)
        for (uint32_t i = 0; i < 16u; i++)
            sums->acc[i >> 2] += (uint32_t)(sums->in[i & 3u] * sums->w[i]);
}

#endif

MN_KERNEL void mn_dense_s8_dsp_wide(const mn_dense *p, const int8_t *in, int8_t *out)
{
    const uint32_t count = p->in_count, rest = count & 3u;
    const int32_t sum = p->weight_zero != NULL ? mn_sum_s8_dsp(in, count) : 0;
    const int8_t *w = p->weights;
    uint32_t c = 0;
    for (; c + 4u <= p->out_count; c += 4u) {
        mn_dense_wide sums = { { (uint32_t)p->bias[c], (uint32_t)p->bias[c + 1u], (uint32_t)p->bias[c + 2u], (uint32_t)p->bias[c + 3u] }, in, w, count >> 2 };
        int32_t acc[4];
        if (sums.quads != 0u)
            mn_dense_wide_s8(&sums);
        for (uint32_t i = 0; i < 4u; i++) {
            for (uint32_t n = 0; n < rest; n++)
                sums.acc[i] += (uint32_t)(sums.in[n] * *sums.w++);
            acc[i] = (int32_t)(sums.acc[i] - (p->weight_zero != NULL ? (uint32_t)(p->weight_zero[c + i] * sum) : 0u));
        }
        w = sums.w;
        mn_requantize4(out + c, acc, p->scale + c, p->out_zero, p->out_min, p->out_max);
    }
    for (uint32_t left = p->out_count & 3u; left != 0u; left--, c++) {
        int32_t acc = p->bias[c] - (p->weight_zero != NULL ? p->weight_zero[c] * sum : 0);
        for (uint32_t n = 0; n < count; n++)
            acc += in[n] * *w++;
        out[c] = (int8_t)mn_requantize(acc, p->scale[c], p->out_zero, p->out_min, p->out_max);
    }
}
