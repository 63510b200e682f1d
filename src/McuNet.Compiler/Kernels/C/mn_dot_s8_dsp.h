/*
 * Dot products of one or two pixels with all output channels, for cores with the DSP extension and a single-precision FPU.
 *
 * x        int16 pairs of a pixel in scratch, 4-byte aligned, as many as the stream has; two pixels are interleaved by word
 * stream   one record per four output channels a, b, c, d:
 *            r_ab b r_cd d                start values, r_ab = 256 * bias_a + bias_b
 *            w_ab w_cd per pair of taps   half-words 256 * w_a + w_b, so that one SMLAD sums 256 * a + b; its low bytes alone sum b
 *            c m_a m_b m_c m_d
 *          The sums of a and c fit 24 bits. bias_a and bias_c count in 1/256. The compiler proves for all four channels that
 *            (m_a * 256 * acc_a + c * 2^32) >> 42   and   (m_b * acc_b + c * 2^32) >> 34,   c >= 0,
 *          saturated to int8 equal the float32 requantisation for every reachable acc. Where it finds no such numbers, the record holds the bits of
 *          scale / 256 (a, c) and scale (b, d) in place of m, and in place of c 2^31 | low byte of the output zero point.
 *          Weights, start value and m or scale of a channel may be negated together: where a is -128 and b negative, 256 * a + b
 *          would not fit.
 * out      outputs of the first pixel; those of the second `pitch` bytes on, the next pair 2 * pitch bytes on
 * count    pairs of pixels of mn_dot2_s8
 * runs     with run_count = 0, x holds the only pair; else the inputs of each pair are widened into x first: of each run `quads`
 *          times four as pairs (v0, v2) (v1, v3), and `rest` more to `tail`, a word of x. A run whose `moves` is ~0, not 0, is read at
 *          `offset`, which grows by `step` per pair. run_count = MN_DOT_NINES: three runs of nine, widened together.
 * more     the rest of the stream for mn_dot2_s8, where it lies elsewhere: begin and end of each part, then NULL and a word that is read beside it
 * Taps are a multiple of four. Outputs saturate to [-128, 127].
 * Scratch, stream and outputs may not overlap.
 */
#define MN_DOT_NINES 0x80000003u
#define MN_DOT_MORE 6

typedef struct {
    const int8_t *pixel0;
    const int8_t *pixel1;
    uint32_t moves;
} mn_dot_run;

typedef struct {
    const uint32_t *stream;
    const uint32_t *stream_end;
    uint32_t *x;
    const uint32_t *x_end;
    int8_t *out;
    uint32_t pitch;
    uint32_t quads;
    uint32_t offset;
    uint32_t step;
    uint32_t count;
    const mn_dot_run *runs;
    uint32_t run_count;
    uint32_t rest;
    uint16_t *tail;
    const uint32_t *more[MN_DOT_MORE];
} mn_dot;

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

/* Two sums by float32, each with a scale; the output zero point is in r0. */
#define MN_DOT_FLOAT(u, v, scale_u, scale_v) \
    "vmov s12, s13, " u ", " v "\n vcvt.f32.s32 s12, s12\n vcvt.f32.s32 s13, s13\n vmul.f32 s12, s12, " scale_u "\n vmul.f32 s13, s13, " scale_v "\n" \
    "vcvtr.s32.f32 s12, s12\n vcvtr.s32.f32 s13, s13\n vmov " u ", " v ", s12, s13\n" \
    "add " u ", " u ", r0\n add " v ", " v ", r0\n ssat " u ", #8, " u "\n ssat " v ", #8, " v "\n"

/* A channel of two pixels. */
#define MN_DOT2_FLOAT(u, v, m) "vmov s14, " m "\n" MN_DOT_FLOAT(u, v, "s14", "s14")

/* Two channels of a pixel. */
#define MN_DOT1_FLOAT(u, v, m, n) "vmov s14, s15, " m ", " n "\n" MN_DOT_FLOAT(u, v, "s14", "s15")

/*
 * Four taps of two pixels by four channels: 32 MACs in 30 cycles, 100 bytes. The second pair comes first: so all offsets but those that move on are
 * small, and such loads take two bytes.
 */
#define MN_DOT2_SECOND_LOADS "ldr r2, [r0, #8]\n ldr r3, [r0, #12]\n ldr r4, [r1, #8]\n ldr r5, [r1, #12]\n"
#define MN_DOT2_FIRST_LOADS "ldr r3, [r0, #4]\n ldr.w r2, [r0], #16\n ldr r5, [r1, #4]\n ldr.w r4, [r1], #16\n"
#define MN_DOT2_SUMS \
    "smlad r6, r4, r2, r6\n smlad r10, r4, r3, r10\n smlad r8, r5, r2, r8\n smlad r12, r5, r3, r12\n" \
    "sxtb16 r4, r4\n sxtb16 r5, r5\n" \
    "smlad r7, r4, r2, r7\n smlad r11, r4, r3, r11\n smlad r9, r5, r2, r9\n smlad lr, r5, r3, lr\n"
#define MN_DOT2_BLOCK MN_DOT2_SECOND_LOADS MN_DOT2_SUMS MN_DOT2_FIRST_LOADS MN_DOT2_SUMS

/* As MN_DOT2_BLOCK, taking the start values of the second pixel from those of the first. */
#define MN_DOT2_START \
    MN_DOT2_SECOND_LOADS \
    "smlad r10, r4, r3, r6\n smlad r6, r4, r2, r6\n smlad r12, r5, r3, r8\n smlad r8, r5, r2, r8\n" \
    "sxtb16 r4, r4\n sxtb16 r5, r5\n" \
    "smlad r11, r4, r3, r7\n smlad r7, r4, r2, r7\n smlad lr, r5, r3, r9\n smlad r9, r5, r2, r9\n" \
    MN_DOT2_FIRST_LOADS MN_DOT2_SUMS

/*
 * Lines of caches: code that fits one and is not aligned may lie in one line more than it has. From .Lnines on, and from .Lpair to the end of .Lrun,
 * lies what a pair of pixels runs through, 1 KB each; what few need comes behind.
 */
#define MN_LINE_ALIGNED __attribute__((aligned(32)))

/*
 * r6 quads at r4 and at r5 to r0: sign-extended (v0, v2) then (v1, v3) of each, the two pixels interleaved by word. Sources advance.
 * Clobbers r6-r11.
 */
#define MN_DOT2_WORD(word, low, high) \
    "sxtb16 r11, " word "\n sxtb16 " word ", " word ", ror #8\n str r11, [r0, #" low "]\n str " word ", [r0, #" high "]\n"
#define MN_DOT2_WIDEN \
    "subs r6, r6, #2\n blt.w .Lwiden_one%=\n" \
    ".Lwiden_two%=: ldr r7, [r4], #4\n ldr r8, [r5], #4\n ldr r9, [r4], #4\n ldr r10, [r5], #4\n" \
    MN_DOT2_WORD("r7", "0", "8") MN_DOT2_WORD("r8", "4", "12") MN_DOT2_WORD("r9", "16", "24") MN_DOT2_WORD("r10", "20", "28") \
    "add r0, r0, #32\n subs r6, r6, #2\n bge .Lwiden_two%=\n lsls r6, r6, #31\n bne.w .Lwiden_last%=\n" \
    ".Lwidened%=:\n"

/* An odd number of them, out of the way of the others. */
#define MN_DOT2_WIDEN_ONE \
    ".Lwiden_one%=: lsls r6, r6, #31\n beq.w .Lwidened%=\n" \
    ".Lwiden_last%=: ldr r7, [r4], #4\n ldr r8, [r5], #4\n" MN_DOT2_WORD("r7", "0", "8") MN_DOT2_WORD("r8", "4", "12") "add r0, r0, #16\n b.w .Lwidened%=\n"

/* Three runs of nine from r2 to r0, offset in s7: the first eight of each as above, the ninth of all from r12 on. Clobbers r3-r11, lr. */
#define MN_DOT2_NINES \
    ".Lnines%=: vmov r3, s7\n movs r6, #3\n mov lr, r6\n" \
    ".Lnine%=: ldm r2!, {r4-r6}\n and r6, r6, r3\n add r4, r4, r6\n add r5, r5, r6\n" \
    "ldr r7, [r4]\n ldr r8, [r5]\n ldr r9, [r4, #4]\n ldr r10, [r5, #4]\n ldrsb r4, [r4, #8]\n ldrsb r5, [r5, #8]\n" \
    MN_DOT2_WORD("r7", "0", "8") MN_DOT2_WORD("r8", "4", "12") MN_DOT2_WORD("r9", "16", "24") MN_DOT2_WORD("r10", "20", "28") \
    "add r0, r0, #32\n strh r5, [r12, #4]\n strh r4, [r12], #2\n tst r12, #2\n it eq\n addeq r12, r12, #4\n" \
    "subs lr, lr, #1\n bne .Lnine%=\n b .Lwidened_all%=\n"

_Static_assert(offsetof(mn_dot, stream) == 0 && offsetof(mn_dot, stream_end) == 4 && offsetof(mn_dot, x) == 8 && offsetof(mn_dot, x_end) == 12 &&
               offsetof(mn_dot, out) == 16 && offsetof(mn_dot, pitch) == 20 && offsetof(mn_dot, quads) == 24 && offsetof(mn_dot, offset) == 28 &&
               offsetof(mn_dot, step) == 32 && offsetof(mn_dot, count) == 36 && offsetof(mn_dot_run, pixel1) == 4 && offsetof(mn_dot_run, moves) == 8, "s0-s9 are loaded in this order");

/*
 * s0 the next part of the stream  s1 end of this one  s2-s9 the fields of mn_dot from x to count  s10 r7, which may be the frame pointer
 * s11 entry into the taps  s12, s13 floats  s14 scale  s15 the mn_dot
 */
MN_SHARED MN_LINE_ALIGNED void mn_dot2_s8(const mn_dot *dot)
{
    register const mn_dot *d __asm("r0") = dot;
    __asm volatile(
        "vmov s10, r7\n vldmia %[d], {s0-s9}\n vmov s15, %[d]\n"
        "vmov r2, s2\n vmov r3, s3\n"
        /* s11 = entry into the unrolled blocks, after the first four taps; past them where there are no more */
        "sub r3, r3, r2\n lsrs r3, r3, #4\n subs r3, r3, #1\n adds r2, r3, %[blocks] - 1\n movs r4, %[blocks]\n udiv r2, r2, r4\n mls r3, r2, r4, r3\n"
        "negs r3, r3\n cmp r2, #0\n it eq\n moveq r3, r4\n movs r2, #100\n adr.w r4, .Ltaps%=\n mla r4, r3, r2, r4\n orr r4, r4, #1\n vmov s11, r4\n"
        "b .Lpair%=\n"
        ".balign 32\n"
        MN_DOT2_NINES
        ".Lpair%=:\n"
        "vmov lr, s15\n vmov r0, s2\n ldr r3, [lr, %[run_count]]\n ldr r2, [lr, %[runs]]\n ldr r12, [lr, %[tail]]\n"
        "cmp r3, #0\n bgt.w .Lrun%=\n blt.w .Lnines%=\n b .Linputs_ready%=\n"
        ".Lwidened_all%=: vmov r2, s7\n vmov r3, s8\n add r2, r2, r3\n vmov s7, r2\n"
        ".Linputs_ready%=: vmov lr, s15\n ldrd r1, r2, [lr]\n add r3, lr, %[more]\n vmov s1, r2\n vmov s0, r3\n"
        ".Lrecord%=:\n"
        "ldm r1!, {r6-r9}\n"
        "vmov r0, s2\n"
        MN_DOT2_START
        "vmov r2, s11\n bx r2\n"
        ".balign 4\n"
        ".Ltaps%=:\n"
        MN_DOT2_TAPS
        ".Ltaps_done%=: vmov r2, s3\n cmp r0, r2\n bne.w .Ltaps%=\n"
        "ldm r1!, {r0, r2-r5}\n sub r6, r6, r7\n sub r10, r10, r11\n sub r8, r8, r9\n sub r12, r12, lr\n"
        "cmp r0, #0\n blt.w .Lfloat%=\n"
        "smmla r6, r6, r2, r0\n smmla r10, r10, r2, r0\n smmla r7, r7, r3, r0\n smmla r11, r11, r3, r0\n"
        "smmla r8, r8, r4, r0\n smmla r12, r12, r4, r0\n smmla r9, r9, r5, r0\n smmla lr, lr, r5, r0\n"
        "ssat r6, #8, r6, asr #10\n ssat r7, #8, r7, asr #2\n ssat r8, #8, r8, asr #10\n ssat r9, #8, r9, asr #2\n"
        "ssat r10, #8, r10, asr #10\n ssat r11, #8, r11, asr #2\n ssat r12, #8, r12, asr #10\n ssat lr, #8, lr, asr #2\n"
        ".Lstore%=:\n"
        "vmov r2, s4\n vmov r3, s5\n vmov r4, s1\n"
        "strb r10, [r2, r3]\n strb r6, [r2], #1\n strb r11, [r2, r3]\n strb r7, [r2], #1\n"
        "strb r12, [r2, r3]\n strb r8, [r2], #1\n strb lr, [r2, r3]\n strb r9, [r2], #1\n"
        "vmov s4, r2\n cmp r1, r4\n bne.w .Lrecord%=\n"
        "vmov r0, s0\n ldm r0!, {r1, r4}\n vmov s0, r0\n vmov s1, r4\n cmp r1, #0\n bne.w .Lrecord%=\n"
        "vmov r4, s9\n subs r4, r4, #1\n vmov s9, r4\n add r2, r2, r3\n vmov s4, r2\n"
        "bne.w .Lpair%=\n"
        "b.w .Lend%=\n"
        ".Lfloat%=: sxtb r0, r0\n"
        MN_DOT2_FLOAT("r6", "r10", "r2") MN_DOT2_FLOAT("r7", "r11", "r3") MN_DOT2_FLOAT("r8", "r12", "r4") MN_DOT2_FLOAT("r9", "lr", "r5")
        "b.w .Lstore%=\n"
        ".Lrun%=:\n"
        "ldm r2!, {r4-r6}\n vmov r7, s7\n and r6, r6, r7\n add r4, r4, r6\n add r5, r5, r6\n vmov r6, s6\n"
        MN_DOT2_WIDEN
        "ldr r6, [lr, %[rest]]\n cmp r6, #0\n bne.w .Lsingle%=\n"
        ".Lrun_done%=: subs r3, r3, #1\n bne .Lrun%=\n"
        "b.w .Lwidened_all%=\n"
        MN_DOT2_WIDEN_ONE
        ".Lsingle%=: ldrsb r7, [r4], #1\n ldrsb r8, [r5], #1\n strh r8, [r12, #4]\n strh r7, [r12], #2\n"
        "tst r12, #2\n it eq\n addeq r12, r12, #4\n"
        "subs r6, r6, #1\n bne .Lsingle%=\n b.w .Lrun_done%=\n"
        ".Lend%=: vmov r7, s10\n"
        : [d] "+r"(d)
        : [blocks] "i"(MN_DOT2_BLOCKS), [more] "i"(offsetof(mn_dot, more)),
          [runs] "i"(offsetof(mn_dot, runs)), [run_count] "i"(offsetof(mn_dot, run_count)), [rest] "i"(offsetof(mn_dot, rest)), [tail] "i"(offsetof(mn_dot, tail))
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "cc", "memory");
}

/* Four taps of one pixel by four channels: 16 MACs in 19 cycles. */
#define MN_DOT1_QUAD \
    "ldr.w r2, [r0], #8\n ldr.w r3, [r0, #-4]\n ldr.w r4, [r1], #16\n ldr.w r5, [r1, #-12]\n ldr.w r10, [r1, #-8]\n ldr.w r11, [r1, #-4]\n" \
    "smlad r6, r4, r2, r6\n smlad r8, r5, r2, r8\n sxtb16 r4, r4\n sxtb16 r5, r5\n smlad r7, r4, r2, r7\n smlad r9, r5, r2, r9\n" \
    "smlad r6, r10, r3, r6\n smlad r8, r11, r3, r8\n sxtb16 r10, r10\n sxtb16 r11, r11\n smlad r7, r10, r3, r7\n smlad r9, r11, r3, r9\n"

/* s0-s4 the fields of mn_dot from stream to out  s5 r7  s6 entry into the taps  s12, s13 floats  s14, s15 scales */
MN_SHARED void mn_dot1_s8(const mn_dot *dot)
{
    register const mn_dot *d __asm("r0") = dot;
    __asm volatile(
        "vmov s5, r7\n vldmia %[d], {s0-s4}\n"
        "vmov r1, s0\n vmov r2, s2\n vmov r12, s3\n vmov lr, s4\n"
        /* s6 = entry into eight unrolled blocks of 4 taps = 72 bytes each */
        "sub r3, r12, r2\n rsb r3, r3, #0\n ubfx r3, r3, #3, #3\n movs r2, #72\n"
        "adr.w r4, .Ltaps%=\n mla r4, r3, r2, r4\n orr r4, r4, #1\n vmov s6, r4\n"
        ".Lrecord%=:\n"
        "vmov r2, s6\n ldm r1!, {r6-r9}\n"
        "vmov r0, s2\n"
        "bx r2\n"
        ".balign 4\n"
        ".Ltaps%=:\n"
        MN_DOT1_QUAD MN_DOT1_QUAD MN_DOT1_QUAD MN_DOT1_QUAD MN_DOT1_QUAD MN_DOT1_QUAD MN_DOT1_QUAD MN_DOT1_QUAD
        "cmp r0, r12\n bne.w .Ltaps%=\n"
        "ldm r1!, {r0, r2-r5}\n sub r6, r6, r7\n sub r8, r8, r9\n cmp r0, #0\n blt .Lfloat%=\n"
        "smmla r6, r6, r2, r0\n smmla r7, r7, r3, r0\n smmla r8, r8, r4, r0\n smmla r9, r9, r5, r0\n"
        "ssat r6, #8, r6, asr #10\n ssat r7, #8, r7, asr #2\n ssat r8, #8, r8, asr #10\n ssat r9, #8, r9, asr #2\n"
        ".Lstore%=:\n"
        "vmov r4, s1\n"
        "strb r7, [lr, #1]\n strb r8, [lr, #2]\n strb r9, [lr, #3]\n strb r6, [lr], #4\n"
        "cmp r1, r4\n bne.w .Lrecord%=\n"
        "b.w .Lend%=\n"
        ".Lfloat%=: sxtb r0, r0\n" MN_DOT1_FLOAT("r6", "r7", "r2", "r3") MN_DOT1_FLOAT("r8", "r9", "r4", "r5") "b.w .Lstore%=\n"
        ".Lend%=: vmov r7, s5\n"
        : [d] "+r"(d)
        :
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s12", "s13", "s14", "s15", "cc", "memory");
}

#else

/* Channel i of a record. */
MN_INLINE int32_t mn_dot_output(int32_t acc, uint32_t multiplier, uint32_t offset, uint32_t i)
{
    if ((int32_t)offset < 0) {
        float scale;
        const uint32_t bits = multiplier & 0x7fffffffu;
        memcpy(&scale, &bits, sizeof scale);
        return mn_clamp(mn_scale_round(multiplier != bits ? -acc : acc, scale) + (int8_t)(uint8_t)offset, -128, 127);
    }
    const int32_t high = (int32_t)(((int64_t)acc * (int32_t)multiplier) >> 32) + (int32_t)offset;
    return mn_clamp(high >> ((i & 1u) == 0u ? 10 : 2), -128, 127);
}

MN_INLINE const uint32_t *mn_dot_record(const mn_dot *dot, const uint32_t *s, uint32_t pixel, uint32_t pixels, int8_t *out)
{
    uint32_t acc[4] = { s[0], s[1], s[2], s[3] };
    s += 4;
    for (const uint32_t *x = dot->x + pixel; x < dot->x_end; x += pixels, s += 2) {
        const uint32_t low = (uint32_t)(int32_t)(int16_t)(uint16_t)*x, high = (uint32_t)(int32_t)(int16_t)(uint16_t)(*x >> 16);
        for (uint32_t i = 0; i < 2u; i++) {
            const uint32_t raw_low = (uint32_t)(int32_t)(int16_t)(uint16_t)s[i], raw_high = (uint32_t)(int32_t)(int16_t)(uint16_t)(s[i] >> 16);
            acc[2u * i] += raw_low * low + raw_high * high;
            acc[2u * i + 1u] += (uint32_t)(int32_t)(int8_t)(uint8_t)s[i] * low + (uint32_t)(int32_t)(int8_t)(uint8_t)(s[i] >> 16) * high;
        }
    }
    for (uint32_t i = 0; i < 4u; i += 2u) {
        out[i] = (int8_t)mn_dot_output((int32_t)(acc[i] - acc[i + 1u]), s[1u + i], s[0], i);
        out[i + 1u] = (int8_t)mn_dot_output((int32_t)acc[i + 1u], s[2u + i], s[0], i + 1u);
    }
    return s + 5;
}

MN_INLINE void mn_dot_widen(const mn_dot *dot, const int8_t *in, uint32_t *x, uint16_t *tail)
{
    for (uint32_t i = 0; i < dot->quads; i++, in += 4, x += 4) {
        x[0] = (uint32_t)(uint16_t)in[0] | (uint32_t)(uint16_t)in[2] << 16;
        x[2] = (uint32_t)(uint16_t)in[1] | (uint32_t)(uint16_t)in[3] << 16;
    }
    for (uint32_t i = 0; i < dot->rest; i++) {
        *tail = (uint16_t)in[i];
        tail += ((uintptr_t)tail & 2u) == 0u ? 1 : 3;
    }
}

MN_SHARED void mn_dot2_s8(const mn_dot *dot)
{
    int8_t *out = dot->out;
    uint32_t offset = dot->offset;
    for (uint32_t n = 0; n < dot->count; n++, out += 2u * dot->pitch, offset += dot->step) {
        uint32_t *x = dot->x;
        uint16_t *tail = dot->tail;
        for (uint32_t r = 0; r < (dot->run_count & 0xffu); r++, x += 4u * dot->quads) {
            const mn_dot_run *run = &dot->runs[r];
            mn_dot_widen(dot, run->pixel0 + (run->moves & offset), x, tail);
            mn_dot_widen(dot, run->pixel1 + (run->moves & offset), x + 1, tail + 2);
            for (uint32_t i = 0; i < dot->rest; i++)
                tail += ((uintptr_t)tail & 2u) == 0u ? 1 : 3;
        }
        int8_t *to = out;
        const uint32_t *s = dot->stream, *end = dot->stream_end;
        for (const uint32_t *const *more = dot->more; s != NULL; s = more[0], end = more[1], more += 2) {
            for (; s != end; to += 4) {
                mn_dot_record(dot, s, 0, 2, to);
                s = mn_dot_record(dot, s, 1, 2, to + dot->pitch);
            }
        }
    }
}

MN_SHARED void mn_dot1_s8(const mn_dot *dot)
{
    int8_t *out = dot->out;
    for (const uint32_t *s = dot->stream; s < dot->stream_end; out += 4)
        s = mn_dot_record(dot, s, 0, 1, out);
}

#endif

/* A few bytes; memcpy would be a library function of 300. Where a compiler knows how few, it needs no function. */
MN_INLINE void mn_copy_s8(int8_t *to, const int8_t *from, uint32_t count)
{
#if defined(__GNUC__)
    if (__builtin_constant_p(count) && count <= 8u) {
        memcpy(to, from, count);
        return;
    }
#endif
    for (; count >= 4u; count -= 4u, to += 4, from += 4)
        memcpy(to, from, 4);
    for (; count != 0u; count--)
        *to++ = *from++;
}

/* One pixel, or pairs of them. */
MN_INLINE void mn_dot_records(const mn_dot *dot, uint32_t pixels)
{
    if (pixels == 2u)
        mn_dot2_s8(dot);
    else
        mn_dot1_s8(dot);
}

/*
 * Channels that are no multiple of four: the last record of `taps` taps goes by way of `spare`, 8 bytes. Changes `dot` and leaves it as it was,
 * since a copy would lie on the stack.
 */
MN_SHARED void mn_dot_rest(mn_dot *dot, uint32_t taps, uint32_t pixels, int8_t *spare)
{
    const uint32_t *const stream = dot->stream, *const end = dot->stream_end;
    const uint32_t channels = dot->pitch, rest = channels & 3u, count = dot->count, runs = dot->run_count, offset = dot->offset;
    int8_t *const out = dot->out;
    int8_t *to = out;
    dot->count = 1;
    for (uint32_t n = 0; n < count; n++, to += 2u * channels, dot->offset += dot->step) {
        dot->stream_end = end - (9u + taps);
        dot->out = to;
        if (channels > rest) {
            mn_dot_records(dot, pixels);
            dot->run_count = 0;
        }
        dot->stream = dot->stream_end;
        dot->stream_end = end;
        dot->out = spare;
        dot->pitch = 4;
        mn_dot_records(dot, pixels);
        for (uint32_t i = 0; i < pixels; i++)
            mn_copy_s8(to + (i + 1u) * channels - rest, spare + 4u * i, rest);
        dot->stream = stream;
        dot->pitch = channels;
        dot->run_count = runs;
    }
    dot->out = out;
    dot->count = count;
    dot->offset = offset;
}

/* All output channels, dot->pitch, of a pixel (pixels = 1, dot->count = 1) or of dot->count pairs (2). Otherwise as mn_dot_rest. */
MN_INLINE void mn_dot_pixels(mn_dot *dot, uint32_t channels, uint32_t taps, uint32_t pixels, int8_t *spare)
{
    if ((channels & 3u) == 0u)
        mn_dot_records(dot, pixels);
    else
        mn_dot_rest(dot, taps, pixels, spare);
}
