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
    "sxtb16 r12, " w "\n sxtb16 " w ", " w ", ror #8\n smlad " acc ", r12, r6, " acc "\n smlad " acc ", " w ", r7, " acc "\n"

/* Four inputs by four outputs: 16 MACs in 24 cycles, 84 bytes. */
#define MN_DENSE_WIDE_QUAD \
    "ldr.w r7, [r0], #4\n ldr.w r8, [r1], #16\n ldr.w r9, [r1, #-12]\n ldr.w r10, [r1, #-8]\n ldr.w r11, [r1, #-4]\n" \
    "sxtb16 r6, r7\n sxtb16 r7, r7, ror #8\n" \
    MN_DENSE_WIDE_OUTPUT("r2", "r8") MN_DENSE_WIDE_OUTPUT("r3", "r9") MN_DENSE_WIDE_OUTPUT("r4", "r10") MN_DENSE_WIDE_OUTPUT("r5", "r11")

/* Adds the products of at least one quad of inputs to four sums, and moves on behind them. */
MN_SHARED void mn_dense_wide_s8(mn_dense_wide *sums)
{
    register mn_dense_wide *r0 __asm("r0") = sums;
    __asm volatile(
        "push {r0, r4-r11, lr}\n"
        "ldr lr, [r0, #24]\n ldr r1, [r0, #20]\n ldr r6, [r0, #16]\n ldm r0, {r2-r5}\n mov r0, r6\n"
        "tst lr, #1\n beq 1f\n"
        MN_DENSE_WIDE_QUAD
        "1: lsrs lr, lr, #1\n beq 3f\n"
        "2:\n" MN_DENSE_WIDE_QUAD MN_DENSE_WIDE_QUAD
        "subs lr, lr, #1\n bne 2b\n"
        "3: mov r6, r0\n mov r7, r1\n pop {r0}\n stm r0, {r2-r7}\n"
        "pop {r4-r11, lr}\n"
        : "+r"(r0)
        :
        : "r1", "r2", "r3", "r12", "cc", "memory");
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
