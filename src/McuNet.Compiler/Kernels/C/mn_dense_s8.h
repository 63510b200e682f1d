/*
 * Fully connected layer, four outputs at a time. Weights: [outputs / 4][in_count][4], then the outputs that are left as
 * [rest][in_count]; weight_zero is null for symmetric ones, else `sum` that of the inputs. Output may not overlap the input.
 */
typedef struct {
    int32_t acc[4];
    const int8_t *in;
    const int8_t *w;
    uint32_t count;
} mn_dense4;

/* Adds the products of an even number of inputs, at least two, to four sums. */
#if defined(__ARM_ARCH_6M__) && defined(__GNUC__)

_Static_assert(offsetof(mn_dense4, in) == 16 && offsetof(mn_dense4, w) == 20 && offsetof(mn_dense4, count) == 24, "r1-r3 are loaded in this order");

/* Sums in high registers: 18 instructions for four products. */
#define MN_DENSE4_WEIGHT(at, sum) "movs r5, #" at "\n ldrsb r5, [r2, r5]\n muls r5, r4\n add " sum ", r5\n"
#define MN_DENSE4_INPUT(w0, w1, w2, w3) \
    "ldrsb r4, [r1, r0]\n" MN_DENSE4_WEIGHT(w0, "r8") MN_DENSE4_WEIGHT(w1, "r9") MN_DENSE4_WEIGHT(w2, "r10") MN_DENSE4_WEIGHT(w3, "r11") "adds r0, #1\n"

MN_INLINE void mn_dense4_add(mn_dense4 *sums)
{
    register mn_dense4 *r0 __asm("r0") = sums;
    __asm volatile(
        ".syntax unified\n mov r12, %[sums]\n ldm %[sums]!, {r3-r6}\n mov r8, r3\n mov r9, r4\n mov r10, r5\n mov r11, r6\n"
        "ldm %[sums]!, {r1-r3}\n movs r0, #0\n"
        ".Linput%=:\n" MN_DENSE4_INPUT("0", "1", "2", "3") MN_DENSE4_INPUT("4", "5", "6", "7") "adds r2, #8\n cmp r0, r3\n bne .Linput%=\n"
        "mov r0, r12\n mov r3, r8\n mov r4, r9\n mov r5, r10\n mov r6, r11\n stm r0!, {r3-r6}\n"
        : [sums] "+r"(r0)
        :
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
}

#else

MN_INLINE void mn_dense4_add(mn_dense4 *sums)
{
    const int8_t *const in = sums->in, *w = sums->w;
    const uint32_t count = sums->count;
    int32_t a0 = sums->acc[0], a1 = sums->acc[1], a2 = sums->acc[2], a3 = sums->acc[3];
    for (uint32_t n = 0; n < count; n++) {
        const int32_t x = in[n];
        a0 += x * w[0];
        a1 += x * w[1];
        a2 += x * w[2];
        a3 += x * w[3];
        w += 4;
    }
    sums->acc[0] = a0;
    sums->acc[1] = a1;
    sums->acc[2] = a2;
    sums->acc[3] = a3;
}

#endif

MN_INLINE void mn_dense_any_s8(const mn_dense *p, const int8_t *in, int8_t *out, const int8_t *weight_zero, int32_t sum)
{
    const uint32_t count = p->in_count, outputs = p->out_count;
    const int32_t zero = p->out_zero, low = p->out_min, high = p->out_max;
    const int8_t *w = p->weights;
    const uint32_t even = count & ~1u;
    uint32_t c = 0, n;
    for (; c + 4u <= outputs; c += 4u) {
        mn_dense4 sums = { { p->bias[c], p->bias[c + 1u], p->bias[c + 2u], p->bias[c + 3u] }, in, w, even };
        if (even != 0u)
            mn_dense4_add(&sums);
        w += 4u * even;
        if (even != count) {
            for (n = 0; n < 4u; n++)
                sums.acc[n] += in[even] * *w++;
        }
        if (weight_zero != NULL) {
            for (n = 0; n < 4u; n++)
                sums.acc[n] -= weight_zero[c + n] * sum;
        }
        mn_requantize4(out + c, sums.acc, p->scale + c, zero, low, high);
    }
    for (uint32_t left = outputs & 3u; left > 0u; left--, c++) {
        int32_t a0 = p->bias[c];
        for (n = 0; n < count; n++)
            a0 += in[n] * w[n];
        w += count;
        if (weight_zero != NULL)
            a0 -= weight_zero[c] * sum;
        out[c] = (int8_t)mn_requantize(a0, p->scale[c], zero, low, high);
    }
}
