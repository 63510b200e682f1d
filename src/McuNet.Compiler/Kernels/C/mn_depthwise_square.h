/*
 * Four channels of a band of mn_depthwise3x3_s8_dsp_planes.c: two rows of two outputs at a time. The kernels of strides 1 and 2 are made from
 * the macros here, each in a header of its own, so that a network holds those that it calls.
 */
typedef struct {
    const uint32_t *lines;
    int8_t *out;
    const uint32_t *stream;
    uint32_t pitch;
    uint32_t whole;
    uint32_t odd;
    uint32_t rows;
    uint32_t out_column;
    uint32_t out_row;
} mn_depthwise3x3_plane;

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

#define MN_PLANE_FLOAT(acc) \
    "vmov s15, " acc "\n vcvt.f32.s32 s15, s15\n vmul.f32 s15, s15, s16\n vcvtr.s32.f32 s15, s15\n vmov " acc ", s15\n" \
    "add " acc ", " acc ", r9\n ssat " acc ", #8, " acc "\n"

#define MN_PLANE_INTEGERS \
    "vmov r8, s6\n vmov r9, s7\n" \
    "smmla lr, lr, r8, r9\n smmla r11, r11, r8, r9\n smmla r12, r12, r8, r9\n smmla r10, r10, r8, r9\n" \
    "ssat lr, #8, lr, asr #1\n ssat r11, #8, r11, asr #1\n ssat r12, #8, r12, asr #1\n ssat r10, #8, r10, asr #1\n"

#define MN_PLANE_FLOATS \
    "vmov r9, s7\n" MN_PLANE_FLOAT("lr") MN_PLANE_FLOAT("r11") MN_PLANE_FLOAT("r12") MN_PLANE_FLOAT("r10")

/* Those that do not exist are written first, at the place of others. */
#define MN_PLANE_STORE \
    "vmov r8, s11\n vmov r9, s12\n" \
    "strb lr, [r8, r9]\n strb r11, [r8]\n vmov lr, s13\n sub r11, r8, lr\n strb r12, [r11, r9]\n strb r10, [r11]\n" \
    "add r8, r8, r9, lsl #1\n vmov s11, r8\n vmov lr, s1\n cmp r0, lr\n"

#define MN_PLANE_START "vmov r10, s5\n vmov r11, s5\n vmov r12, s5\n vmov lr, s5\n"

/* Stride 1: r0, r1 two lines; even row, odd row of one output column. */
#define MN_PLANE_LOAD1(at) "ldr r8, [r0, #" at "]\n ldr r9, [r1, #" at "]\n"
#define MN_PLANE_TAP1(even, odd, u, v) \
    "smlad " even ", r8, " u ", " even "\n smlabt " even ", r9, " v ", " even "\n" \
    "smlatb " odd ", r8, " u ", " odd "\n smlad " odd ", r9, " v ", " odd "\n"
#define MN_PLANE_BLOCK1 \
    MN_PLANE_START \
    MN_PLANE_LOAD1("0") MN_PLANE_TAP1("r10", "r11", "r2", "r5") \
    MN_PLANE_LOAD1("16") MN_PLANE_TAP1("r10", "r11", "r3", "r6") MN_PLANE_TAP1("r12", "lr", "r2", "r5") \
    "ldr r8, [r0, #32]!\n ldr r9, [r1, #32]!\n" MN_PLANE_TAP1("r10", "r11", "r4", "r7") MN_PLANE_TAP1("r12", "lr", "r3", "r6") \
    MN_PLANE_LOAD1("16") MN_PLANE_TAP1("r12", "lr", "r4", "r7")

/* Stride 2: r0, r1, r2 three lines; pairs r3-r5, third rows (r6, r7). */
#define MN_PLANE_TAP2(first, second, u, smla, third) \
    "smlad " first ", r8, " u ", " first "\n " smla " " first ", r9, " third ", " first "\n" \
    "smlad " second ", r9, " u ", " second "\n"
#define MN_PLANE_THIRD2(second, smla, third) smla " " second ", r8, " third ", " second "\n"
#define MN_PLANE_LINE2(at) "ldr r8, [r2, #" at "]\n"
#define MN_PLANE_BLOCK2 \
    MN_PLANE_START \
    MN_PLANE_LOAD1("0") MN_PLANE_TAP2("r10", "r11", "r3", "smlabb", "r6") MN_PLANE_LINE2("0") MN_PLANE_THIRD2("r11", "smlabb", "r6") \
    MN_PLANE_LOAD1("16") MN_PLANE_TAP2("r10", "r11", "r4", "smlabt", "r6") MN_PLANE_LINE2("16") MN_PLANE_THIRD2("r11", "smlabt", "r6") \
    MN_PLANE_LOAD1("32") MN_PLANE_TAP2("r10", "r11", "r5", "smlabb", "r7") MN_PLANE_TAP2("r12", "lr", "r3", "smlabb", "r6") \
    MN_PLANE_LINE2("32") MN_PLANE_THIRD2("r11", "smlabb", "r7") MN_PLANE_THIRD2("lr", "smlabb", "r6") \
    MN_PLANE_LOAD1("48") MN_PLANE_TAP2("r12", "lr", "r4", "smlabt", "r6") MN_PLANE_LINE2("48") MN_PLANE_THIRD2("lr", "smlabt", "r6") \
    "ldr r8, [r0, #64]!\n ldr r9, [r1, #64]!\n" MN_PLANE_TAP2("r12", "lr", "r5", "smlabb", "r7") "ldr r8, [r2, #64]!\n" MN_PLANE_THIRD2("lr", "smlabb", "r7")

#define MN_PLANE_LINES1 "add r1, r0, r8\n mov r9, r1\n"
#define MN_PLANE_LINES2 "add r1, r0, r8\n add r2, r1, r8\n mov r9, r2\n"

/* r10-r12 words of weights to r2-r7, less the zero point. */
#define MN_PLANE_ZERO "sxtb r1, r12, ror #8\n rsb r1, r1, #0\n pkhbt r1, r1, r1, lsl #16\n"
#define MN_PLANE_WEIGHTS1 \
    MN_PLANE_ZERO \
    "sxtab16 r8, r1, r11, ror #8\n sxtab r9, r1, r12\n" \
    "sxtab16 r4, r1, r11\n sxtab16 r3, r1, r10, ror #8\n sxtab16 r2, r1, r10\n" \
    "lsr r10, r2, #16\n pkhbt r5, r10, r8, lsl #16\n pkhtb r6, r8, r3, asr #16\n lsr r10, r4, #16\n pkhbt r7, r10, r9, lsl #16\n"
#define MN_PLANE_WEIGHTS2 \
    MN_PLANE_ZERO \
    "sxtab r7, r1, r12\n sxtab16 r6, r1, r11, ror #8\n sxtab16 r5, r1, r11\n sxtab16 r4, r1, r10, ror #8\n sxtab16 r3, r1, r10\n"

_Static_assert(offsetof(mn_depthwise3x3_plane, lines) == 0 && offsetof(mn_depthwise3x3_plane, out) == 4 && offsetof(mn_depthwise3x3_plane, stream) == 8 &&
               offsetof(mn_depthwise3x3_plane, pitch) == 12 && offsetof(mn_depthwise3x3_plane, whole) == 16 && offsetof(mn_depthwise3x3_plane, odd) == 20 &&
               offsetof(mn_depthwise3x3_plane, rows) == 24 && offsetof(mn_depthwise3x3_plane, out_column) == 28 &&
               offsetof(mn_depthwise3x3_plane, out_row) == 32, "r1-r9 are loaded in this order");

/*
 * s0 lines of the strip  s1 end of whole pairs  s2 out of the strip  s3 pitch  s4 bytes of whole pairs  s5 start  s6 m  s7 c
 * s8 out, row to row  s9 out, column to column  s10 rows left  s11 out, lower row  s12 s9, 0 for an odd last column
 * s13 s8, 0 for an odd last row  s14 odd last column  s16 scale  s17 lines of the channel  s18 out of the channel  s19 rows
 * s20 stream  s21 odd  s22 channels left  s23 r7, which may be the frame pointer
 */
#define MN_PLANE_KERNEL(name, stride, block, lines, weights) \
    MN_SHARED void name(const mn_depthwise3x3_plane *d) \
    { \
        register const mn_depthwise3x3_plane *r0 __asm("r0") = d; \
        __asm volatile( \
            "vmov s23, r7\n ldm %[d], {r1-r9}\n" \
            "vmov s17, r1\n vmov s18, r2\n vmov s20, r3\n vmov s3, r4\n vmov s4, r5\n vmov s21, r6\n vmov s19, r7\n vmov s9, r8\n vmov s8, r9\n" \
            "movs r1, #4\n vmov s22, r1\n" \
            ".Lchannel%=:\n" \
            "vmov r1, s20\n ldm r1!, {r8-r12}\n vmov s20, r1\n" \
            "asr r1, r12, #16\n vmov s5, r8\n vmov s6, r9\n vmov s7, r1\n" \
            "bic r9, r9, #0x80000000\n vmov s16, r9\n" \
            weights \
            "vmov.f32 s0, s17\n vmov.f32 s2, s18\n vmov.f32 s10, s19\n" \
            ".Lstrip%=:\n" \
            "vmov r0, s0\n vmov r8, s3\n" lines "vmov s0, r9\n" \
            "vmov.f32 s14, s21\n vmov.f32 s12, s9\n vmov r8, s4\n add r8, r0, r8\n vmov s1, r8\n" \
            "vmov r9, s8\n vmov r10, s10\n cmp r10, #1\n it eq\n moveq r9, #0\n vmov s13, r9\n" \
            "vmov r10, s2\n add r9, r9, r10\n vmov s11, r9\n" \
            "vmov r9, s6\n cmp r0, r8\n beq .Lpairs_done%=\n cmp r9, #0\n blt.w .Lfloat_pairs%=\n" \
            ".Lpairs%=:\n" block MN_PLANE_INTEGERS MN_PLANE_STORE \
            "bne.w .Lpairs%=\n b .Lpairs_done%=\n" \
            ".Lfloat_pairs%=:\n" block MN_PLANE_FLOATS MN_PLANE_STORE \
            "bne.w .Lfloat_pairs%=\n" \
            ".Lpairs_done%=:\n" \
            "vmov r8, s14\n cmp r8, #0\n beq .Lstrip_done%=\n" \
            "movs r8, #0\n vmov s14, r8\n vmov s12, r8\n" \
            "add r9, r0, #32*" #stride "\n vmov s1, r9\n" \
            "vmov r9, s6\n cmp r9, #0\n blt.w .Lfloat_pairs%=\n b.w .Lpairs%=\n" \
            ".Lstrip_done%=:\n" \
            "vmov r8, s2\n vmov r9, s8\n add r8, r8, r9, lsl #1\n vmov s2, r8\n" \
            "vmov r8, s10\n subs r8, r8, #2\n vmov s10, r8\n bgt.w .Lstrip%=\n" \
            "vmov r8, s17\n vmov r9, s18\n vmov r10, s22\n add r8, r8, #4\n add r9, r9, #1\n subs r10, r10, #1\n" \
            "vmov s17, r8\n vmov s18, r9\n vmov s22, r10\n bne.w .Lchannel%=\n" \
            "vmov r7, s23\n" \
            : [d] "+r"(r0) \
            : \
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", \
              "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "cc", "memory"); \
    }

#else

/* Four channels in plain C. */
MN_INLINE void mn_depthwise3x3_plane_rows(const mn_depthwise3x3_plane *d, uint32_t stride)
{
    const uint32_t columns = 2u * (d->whole / (32u * stride)) + d->odd, pitch = d->pitch >> 2;
    for (uint32_t c = 0; c < 4u; c++) {
        const uint32_t *record = d->stream + 5u * c;
        const int32_t zero = (int8_t)(uint8_t)(record[4] >> 8);
        const uint32_t pairs[3] = { mn_depthwise_less(record[2], zero), mn_depthwise_less(record[2] >> 8, zero), mn_depthwise_less(record[3], zero) };
        const uint32_t third = mn_depthwise_less(record[3] >> 8, zero), last = (uint32_t)((int8_t)(uint8_t)record[4] - zero);
        const uint32_t thirds[3] = { third & 0xffffu, third >> 16, last & 0xffffu };
        for (uint32_t y = 0; y < d->rows; y++)
            for (uint32_t x = 0; x < columns; x++) {
                const uint32_t *upper = d->lines + ((y * stride) >> 1) * pitch + 4u * stride * x + c, *lower = upper + pitch;
                uint32_t acc = record[0];
                for (uint32_t k = 0; k < 3u; k++) {
                    uint32_t a = upper[4u * k], b = lower[4u * k];
                    if (stride == 1u && (y & 1u) != 0u)
                        a = a >> 16 | b << 16, b >>= 16;
                    acc += (uint32_t)mn_dual_product(a, pairs[k]) + (uint32_t)mn_dual_product(b & 0xffffu, thirds[k]);
                }
                d->out[y * d->out_row + x * d->out_column + c] = mn_depthwise_output((int32_t)acc, record[1], (uint32_t)((int32_t)record[4] >> 16));
            }
    }
}

#define MN_PLANE_KERNEL(name, stride, block, lines, weights) \
    MN_SHARED void name(const mn_depthwise3x3_plane *d) { mn_depthwise3x3_plane_rows(d, stride); }

#endif
