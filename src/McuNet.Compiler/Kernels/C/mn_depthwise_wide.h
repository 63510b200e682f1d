/*
 * One channel of a band of mn_depthwise_s8_dsp_planes.c: four outputs of a row at a time, then two. The kernels by width and stride are made
 * from the macros here, each in a header of its own, so that a network holds those that it calls.
 */
typedef struct {
    uint32_t line;
    uint32_t weights;
    uint32_t weights_end;
    uint32_t out;
} mn_depthwise_row;

typedef struct {
    const uint32_t *lines;
    const uint32_t *weights;
    const mn_depthwise_row *rows;
    const mn_depthwise_row *rows_end;
    uint32_t start;
    uint32_t m;
    uint32_t c;
    int8_t *out;
    uint32_t next;
    uint32_t half;
    uint32_t out_column;
    uint32_t columns;
    uint32_t width;
    uint32_t pitch;
} mn_depthwise_plane;

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

#define MN_DWK_D(reg, at) "ldr " reg ", [r0, #" at "]\n"
#define MN_DWK_W(reg, at) "ldr " reg ", [r1, #" at "]\n"
#define MN_DWK_MAC4(a, b, c, d, w) \
    "smlad r2, " a ", " w ", r2\n smlad r3, " b ", " w ", r3\n smlad r4, " c ", " w ", r4\n smlad r5, " d ", " w ", r5\n"
#define MN_DWK_MAC2(a, b, w) "smlad r2, " a ", " w ", r2\n smlad r3, " b ", " w ", r3\n"

/* Taps of four outputs, by two; the last may be single. */
#define MN_DWK_Q2 MN_DWK_D("r6", "0") MN_DWK_D("r7", "16") MN_DWK_D("r8", "32") MN_DWK_D("r9", "48") MN_DWK_D("r10", "64") \
    MN_DWK_W("r12", "0") MN_DWK_W("lr", "4") MN_DWK_MAC4("r6", "r7", "r8", "r9", "r12") MN_DWK_MAC4("r7", "r8", "r9", "r10", "lr")
#define MN_DWK_Q4 MN_DWK_D("r6", "80") MN_DWK_D("r7", "96") \
    MN_DWK_W("r12", "8") MN_DWK_W("lr", "12") MN_DWK_MAC4("r8", "r9", "r10", "r6", "r12") MN_DWK_MAC4("r9", "r10", "r6", "r7", "lr")
#define MN_DWK_Q6 MN_DWK_D("r8", "112") MN_DWK_D("r9", "128") \
    MN_DWK_W("r12", "16") MN_DWK_W("lr", "20") MN_DWK_MAC4("r10", "r6", "r7", "r8", "r12") MN_DWK_MAC4("r6", "r7", "r8", "r9", "lr")
#define MN_DWK_Q3 MN_DWK_D("r6", "80") MN_DWK_W("r12", "8") MN_DWK_MAC4("r8", "r9", "r10", "r6", "r12")
#define MN_DWK_Q5 MN_DWK_D("r8", "112") MN_DWK_W("r12", "16") MN_DWK_MAC4("r10", "r6", "r7", "r8", "r12")
#define MN_DWK_Q7 MN_DWK_D("r10", "144") MN_DWK_W("r12", "24") MN_DWK_MAC4("r7", "r8", "r9", "r10", "r12")

/* The same of two outputs. */
#define MN_DWK_P2 MN_DWK_D("r6", "0") MN_DWK_D("r7", "16") MN_DWK_D("r8", "32") \
    MN_DWK_W("r12", "0") MN_DWK_W("lr", "4") MN_DWK_MAC2("r6", "r7", "r12") MN_DWK_MAC2("r7", "r8", "lr")
#define MN_DWK_P4 MN_DWK_D("r6", "48") MN_DWK_D("r7", "64") \
    MN_DWK_W("r12", "8") MN_DWK_W("lr", "12") MN_DWK_MAC2("r8", "r6", "r12") MN_DWK_MAC2("r6", "r7", "lr")
#define MN_DWK_P6 MN_DWK_D("r8", "80") MN_DWK_D("r9", "96") \
    MN_DWK_W("r12", "16") MN_DWK_W("lr", "20") MN_DWK_MAC2("r7", "r8", "r12") MN_DWK_MAC2("r8", "r9", "lr")
#define MN_DWK_P3 MN_DWK_D("r6", "48") MN_DWK_W("r12", "8") MN_DWK_MAC2("r8", "r6", "r12")
#define MN_DWK_P5 MN_DWK_D("r8", "80") MN_DWK_W("r12", "16") MN_DWK_MAC2("r7", "r8", "r12")
#define MN_DWK_P7 MN_DWK_D("r10", "112") MN_DWK_W("r12", "24") MN_DWK_MAC2("r9", "r10", "r12")

#define MN_DWK_STEP(taps, to) "vmov r12, " to "\n add r0, r0, r12\n add r1, r1, #4*" taps "\n"

#define MN_DWK_FLOAT(acc) \
    "vmov s15, " acc "\n vcvt.f32.s32 s15, s15\n vmul.f32 s15, s15, s16\n vcvtr.s32.f32 s15, s15\n vmov " acc ", s15\n" \
    "add " acc ", " acc ", r7\n ssat " acc ", #8, " acc "\n"

_Static_assert(offsetof(mn_depthwise_plane, lines) == 0 && offsetof(mn_depthwise_plane, weights) == 4 &&
               offsetof(mn_depthwise_plane, rows) == 8 && offsetof(mn_depthwise_plane, rows_end) == 12 &&
               offsetof(mn_depthwise_plane, start) == 16 && offsetof(mn_depthwise_plane, m) == 20 && offsetof(mn_depthwise_plane, c) == 24 &&
               offsetof(mn_depthwise_plane, out) == 28 && offsetof(mn_depthwise_plane, next) == 32 && offsetof(mn_depthwise_plane, half) == 36 &&
               offsetof(mn_depthwise_plane, out_column) == 40 && offsetof(mn_depthwise_plane, columns) == 44, "r1-r12 are loaded in this order");
_Static_assert(offsetof(mn_depthwise_row, line) == 0 && offsetof(mn_depthwise_row, weights) == 4 && offsetof(mn_depthwise_row, weights_end) == 8 &&
               offsetof(mn_depthwise_row, out) == 12, "r1-r4 are loaded in this order");

/*
 * s0 lines  s1 weights  s2 row  s3 end of rows  s4 start  s5 m  s6 c  s7 out  s8 to the next line  s9 to the odd columns  s10 out, column to
 * column  s11 columns  s12 line of the block  s13 out of the block  s14 columns left  s16 scale  s17, s18 weights of the row and their end
 * s19 r7, which may be the frame pointer
 */
#define MN_DWK_KERNEL(name, four, two) \
    MN_SHARED void name(const mn_depthwise_plane *d) \
    { \
        register const mn_depthwise_plane *r0 __asm("r0") = d; \
        __asm volatile( \
            "vmov s19, r7\n ldm %[d], {r1-r12}\n" \
            "vmov s0, r1\n vmov s1, r2\n vmov s2, r3\n vmov s3, r4\n vmov s4, r5\n vmov s5, r6\n vmov s6, r7\n vmov s7, r8\n vmov s8, r9\n" \
            "vmov s9, r10\n vmov s10, r11\n vmov s11, r12\n bic r6, r6, #0x80000000\n vmov s16, r6\n" \
            ".Lrow%=:\n" \
            "vmov r0, s2\n ldm r0!, {r1-r4}\n vmov s2, r0\n" \
            "vmov r5, s0\n add r1, r1, r5\n vmov s12, r1\n vmov r5, s1\n add r2, r2, r5\n add r3, r3, r5\n vmov s17, r2\n vmov s18, r3\n" \
            "vmov r5, s7\n add r4, r4, r5\n vmov s13, r4\n vmov.f32 s14, s11\n" \
            ".Lblock%=:\n" \
            "vmov r0, s12\n vmov r1, s17\n vmov r11, s18\n vmov r2, s4\n vmov r6, s14\n mov r3, r2\n cmp r6, #2\n ble.w .Ltwo%=\n" \
            "mov r4, r2\n mov r5, r2\n" \
            ".Lfour%=:\n" four "cmp r1, r11\n bne.w .Lfour%=\n" \
            "vmov r6, s5\n vmov r7, s6\n cmp r6, #0\n blt .Lfloat_four%=\n" \
            "smmla r2, r2, r6, r7\n smmla r3, r3, r6, r7\n smmla r4, r4, r6, r7\n smmla r5, r5, r6, r7\n" \
            "ssat r2, #8, r2, asr #1\n ssat r3, #8, r3, asr #1\n ssat r4, #8, r4, asr #1\n ssat r5, #8, r5, asr #1\n" \
            ".Lstore_four%=:\n" \
            "vmov r8, s13\n vmov r9, s10\n vmov r10, s14\n" \
            "strb r2, [r8]\n strb r3, [r8, r9]\n add r8, r8, r9, lsl #1\n strb r4, [r8]\n subs r10, r10, #4\n it ge\n strbge r5, [r8, r9]\n" \
            "add r8, r8, r9, lsl #1\n vmov s13, r8\n vmov s14, r10\n" \
            "vmov r0, s12\n add r0, r0, #64\n vmov s12, r0\n bgt.w .Lblock%=\n b.w .Lrow_done%=\n" \
            ".Lfloat_four%=:\n" MN_DWK_FLOAT("r2") MN_DWK_FLOAT("r3") MN_DWK_FLOAT("r4") MN_DWK_FLOAT("r5") "b.w .Lstore_four%=\n" \
            ".Ltwo%=:\n" two "cmp r1, r11\n bne.w .Ltwo%=\n" \
            "vmov r6, s5\n vmov r7, s6\n cmp r6, #0\n blt .Lfloat_two%=\n" \
            "smmla r2, r2, r6, r7\n smmla r3, r3, r6, r7\n ssat r2, #8, r2, asr #1\n ssat r3, #8, r3, asr #1\n" \
            ".Lstore_two%=:\n" \
            "vmov r8, s13\n vmov r9, s10\n vmov r10, s14\n strb r2, [r8]\n cmp r10, #2\n it ge\n strbge r3, [r8, r9]\n" \
            ".Lrow_done%=:\n" \
            "vmov r0, s2\n vmov r1, s3\n cmp r0, r1\n bne.w .Lrow%=\n b .Lend%=\n" \
            ".Lfloat_two%=:\n" MN_DWK_FLOAT("r2") MN_DWK_FLOAT("r3") "b.w .Lstore_two%=\n" \
            ".Lend%=: vmov r7, s19\n" \
            : [d] "+r"(r0) \
            : \
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", \
              "s16", "s17", "s18", "s19", "cc", "memory"); \
    }

#else

#define MN_DWK_KERNEL(name, four, two)

#endif
