/*
 * Fully connected layer of a multiple of eight outputs: the input widened into scratch once, then eight outputs to a read of it.
 * stream   two records of mn_dot, of channels a-d and e-h, in one: the start values of both; the weights of both, of four taps w of the first two and
 *          v of the others, in the order v_ab w_ab w_cd w_ef w_gh v_cd v_ef v_gh; what follows the weights, of both
 * Scratch: 2 * taps bytes. Output may not overlap the input.
 */
typedef struct {
    const uint32_t *stream;
    const uint32_t *stream_end;
    const uint32_t *x;
    const uint32_t *x_end;
    int8_t *out;
} mn_dense8;

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

#define MN_DENSE8_PAIR(w, x, a, b) "smlad " a ", " w ", " x ", " a "\n sxtb16 " w ", " w "\n smlad " b ", " w ", " x ", " b "\n"

/* Four taps by eight channels: 32 MACs in 37 cycles, 116 bytes; r0 is one word behind. */
#define MN_DENSE8_BLOCK \
    "ldr r2, [r0, #4]\n ldr r3, [r1, #4]\n ldr r4, [r1, #8]\n ldr r5, [r1, #12]\n" \
    MN_DENSE8_PAIR("r3", "r2", "r6", "r7") MN_DENSE8_PAIR("r4", "r2", "r8", "r9") MN_DENSE8_PAIR("r5", "r2", "r10", "r11") \
    "ldr r3, [r1, #16]\n ldr.w r4, [r0, #8]!\n ldr.w r5, [r1], #20\n" \
    MN_DENSE8_PAIR("r3", "r2", "r12", "lr") MN_DENSE8_PAIR("r5", "r4", "r6", "r7") \
    "ldm r1!, {r2, r3, r5}\n" \
    MN_DENSE8_PAIR("r2", "r4", "r8", "r9") MN_DENSE8_PAIR("r3", "r4", "r10", "r11") MN_DENSE8_PAIR("r5", "r4", "r12", "lr")

/* As many as fit 1 KB with what a record needs besides. */
#define MN_DENSE8_BLOCKS 5
#define MN_DENSE8_TAPS MN_DENSE8_BLOCK MN_DENSE8_BLOCK MN_DENSE8_BLOCK MN_DENSE8_BLOCK MN_DENSE8_BLOCK

/* Four sums of a record: r6-r9 from a, b, c, d. */
#define MN_DENSE8_OUTPUTS(a, b, c, d, to_float) \
    "ldm r1!, {r0, r2-r5}\n sub " a ", " a ", " b "\n sub " c ", " c ", " d "\n cmp r0, #0\n blt.w " to_float "\n" \
    "smmla r6, " a ", r2, r0\n smmla r7, " b ", r3, r0\n smmla r8, " c ", r4, r0\n smmla r9, " d ", r5, r0\n" \
    "ssat r6, #8, r6, asr #10\n ssat r7, #8, r7, asr #2\n ssat r8, #8, r8, asr #10\n ssat r9, #8, r9, asr #2\n"

_Static_assert(offsetof(mn_dense8, stream) == 0 && offsetof(mn_dense8, stream_end) == 4 && offsetof(mn_dense8, x) == 8 && offsetof(mn_dense8, x_end) == 12 &&
               offsetof(mn_dense8, out) == 16, "s0-s4 are loaded in this order");

/* s0-s4 the fields of mn_dense8, x and its end one word less  s5 r7  s6 entry into the taps  s12, s13 floats  s14, s15 scales */
MN_SHARED MN_LINE_ALIGNED void mn_dense8_s8(const mn_dense8 *sums)
{
    register const mn_dense8 *d __asm("r0") = sums;
    __asm volatile(
        "vmov s5, r7\n vldmia %[d], {s0-s4}\n"
        "vmov r1, s0\n vmov r2, s2\n vmov r3, s3\n"
        "sub r4, r2, #4\n vmov s2, r4\n sub r4, r3, #4\n vmov s3, r4\n"
        "sub r3, r3, r2\n lsrs r3, r3, #3\n adds r2, r3, %[blocks] - 1\n movs r4, %[blocks]\n udiv r2, r2, r4\n mls r3, r2, r4, r3\n"
        "rsbs r3, r3, #0\n movs r2, #116\n adr.w r4, .Ltaps%=\n mla r4, r3, r2, r4\n orr r4, r4, #1\n vmov s6, r4\n"
        "b .Lrecord%=\n"
        ".balign 32\n"
        ".Lrecord%=:\n"
        "vmov r2, s6\n vmov r0, s2\n ldm r1!, {r6-r12, lr}\n"
        "bx r2\n"
        ".balign 4\n"
        ".Ltaps%=:\n"
        MN_DENSE8_TAPS
        "vmov r2, s3\n cmp r0, r2\n bne.w .Ltaps%=\n"
        MN_DENSE8_OUTPUTS("r6", "r7", "r8", "r9", ".Lfloat0%=")
        ".Lfour%=: vmov r2, s4\n"
        "strb r7, [r2, #1]\n strb.w r8, [r2, #2]\n strb.w r9, [r2, #3]\n strb r6, [r2], #4\n vmov s4, r2\n"
        MN_DENSE8_OUTPUTS("r10", "r11", "r12", "lr", ".Lfloat1%=")
        ".Leight%=: vmov r2, s4\n vmov r3, s1\n"
        "strb r7, [r2, #1]\n strb.w r8, [r2, #2]\n strb.w r9, [r2, #3]\n strb r6, [r2], #4\n vmov s4, r2\n"
        "cmp r1, r3\n bne.w .Lrecord%=\n"
        "b.w .Lend%=\n"
        ".Lfloat0%=: sxtb r0, r0\n" MN_DOT1_FLOAT("r6", "r7", "r2", "r3") MN_DOT1_FLOAT("r8", "r9", "r4", "r5") "b.w .Lfour%=\n"
        ".Lfloat1%=: sxtb r0, r0\n mov r6, r10\n mov r7, r11\n mov r8, r12\n mov r9, lr\n"
        MN_DOT1_FLOAT("r6", "r7", "r2", "r3") MN_DOT1_FLOAT("r8", "r9", "r4", "r5") "b.w .Leight%=\n"
        ".Lend%=: vmov r7, s5\n"
        : [d] "+r"(d)
        : [blocks] "i"(MN_DENSE8_BLOCKS)
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s12", "s13", "s14", "s15", "cc", "memory");
}

#else

MN_SHARED void mn_dense8_s8(const mn_dense8 *sums)
{
    static const uint8_t at[8] = { 1, 2, 3, 4, 0, 5, 6, 7 };
    const uint32_t taps = 2u * (uint32_t)(sums->x_end - sums->x);
    int8_t *out = sums->out;
    for (const uint32_t *s = sums->stream; s != sums->stream_end; s += 18u + 2u * taps) {
        const uint32_t *const w = s + 8, *const end = w + 2u * taps;
        for (uint32_t pair = 0; pair < 4u; pair++, out += 2) {
            uint32_t a = s[2u * pair], b = s[2u * pair + 1u];
            for (uint32_t t = 0; t < taps; t += 2u) {
                const uint32_t weights = w[2u * (t & ~3u) + at[2u * (t & 2u) + pair]], x = sums->x[t >> 1];
                const uint32_t low = (uint32_t)(int32_t)(int16_t)(uint16_t)x, high = (uint32_t)(int32_t)(int16_t)(uint16_t)(x >> 16);
                a += (uint32_t)(int32_t)(int16_t)(uint16_t)weights * low + (uint32_t)(int32_t)(int16_t)(uint16_t)(weights >> 16) * high;
                b += (uint32_t)(int32_t)(int8_t)(uint8_t)weights * low + (uint32_t)(int32_t)(int8_t)(uint8_t)(weights >> 16) * high;
            }
            const uint32_t *const tail = end + 5u * (pair >> 1);
            out[0] = (int8_t)mn_dot_output((int32_t)(a - b), tail[1u + 2u * (pair & 1u)], tail[0], 0);
            out[1] = (int8_t)mn_dot_output((int32_t)b, tail[2u + 2u * (pair & 1u)], tail[0], 1);
        }
    }
}

#endif

MN_KERNEL void mn_dense_s8_dsp_eights(const mn_dense_dsp *p, const int8_t *in, int8_t *out, void *scratch)
{
    uint32_t *const x = (uint32_t *)scratch;
    const mn_dense8 sums = { p->stream, p->stream + p->stream_words, x, x + (p->taps >> 1), out };
    mn_dense_widen(p, in, x);
    mn_dense8_s8(&sums);
    mn_clamp_s8(out, p->out_count, p->out_min, p->out_max);
}
