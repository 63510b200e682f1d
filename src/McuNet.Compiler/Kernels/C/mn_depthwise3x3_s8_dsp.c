/*
 * Depthwise 3 x 3, column stride 1 or 2, no dilation, at least four channels.
 *
 * Four channels at a time are transposed into scratch: for two neighbouring columns and each channel three words
 *   P = (row 0, row 1) of the even column   P' = the same of the odd column   H = row 2 of (even, odd column)
 * so that an even output takes P P' P" with the two upper kernel rows, H and the low half of H" with the third.
 *
 * stream, per channel: bias m c, then bytes (w00 w01 w10 w11) (w02 w20 w12 w21) (w21 0 w22 0), w[row][column].
 * Scratch: `channels` rounded up to 4, plus per two columns 24 + 48 bytes; columns 2 * pairs + 2 at stride 1, 4 * pairs + 2 at
 * stride 2, pairs = (chunk + 1) / 2. Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
typedef struct {
    const int8_t *const *table;
    const int8_t *const *table_end;
    uint32_t *lines;
    const uint32_t *stream;
    int8_t *out;
    uint32_t blocks;
    uint32_t end;
    uint32_t unused;
    uint32_t step;
    uint32_t odd;
    uint32_t offset;
    uint32_t columns;
    const int8_t *const *rows;
    const int8_t *padding;
    int32_t column;
    uint32_t triples;
} mn_depthwise3x3;

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

/* Words (a, b) of four channels to lines[o], [o + 12], [o + 24], [o + 36] bytes. */
#define MN_DW_PAIR(a, b, o0, o1, o2, o3) \
    "pkhbt r8, " a ", " b ", lsl #16\n pkhtb " b ", " b ", " a ", asr #16\n" \
    "sxtb16 " a ", r8\n sxtb16 r8, r8, ror #8\n str " a ", [r1, #" o0 "]\n str r8, [r1, #" o1 "]\n" \
    "sxtb16 r8, " b "\n sxtb16 " b ", " b ", ror #8\n str r8, [r1, #" o2 "]\n str " b ", [r1, #" o3 "]\n"

/* Finds the inputs of a kernel row, two neighbouring columns at entry[0] and entry[next], six entries apart. */
MN_INLINE void mn_depthwise3x3_find_row(const mn_depthwise_dsp *p, const mn_depthwise3x3 *d, const int8_t *row, const int8_t **entry, uint32_t next)
{
    const int8_t **end = entry + 6u * d->triples;
    const uint32_t channels = p->channels;
    int32_t column = d->column;
    while (entry < end) {
        if (row == NULL) {
            entry[0] = d->padding, entry[next] = d->padding;
            entry += 6;
        } else if (column >= 0 && column + 1 < (int32_t)p->in_width) {
            const int8_t *from = row + (uint32_t)column * channels;
            uint32_t inside = (p->in_width - (uint32_t)column) >> 1;
            for (; inside != 0u && entry < end; inside--, entry += 6, column += 2, from += 2u * channels)
                entry[0] = from, entry[next] = from + channels;
        } else {
            entry[0] = mn_depthwise_source(p, row, column, d->padding);
            entry[next] = mn_depthwise_source(p, row, column + 1, d->padding);
            entry += 6, column += 2;
        }
    }
}

/* The table of inputs serves all channels. */
MN_INLINE void mn_depthwise3x3_find(const mn_depthwise_dsp *p, mn_depthwise3x3 *d, void *scratch)
{
    const int8_t **table = (const int8_t **)scratch;
    mn_depthwise3x3_find_row(p, d, d->rows[0], table, 2);
    mn_depthwise3x3_find_row(p, d, d->rows[1], table + 1, 2);
    mn_depthwise3x3_find_row(p, d, d->rows[2], table + 4, 1);
    d->table = table;
    d->table_end = table + 6u * d->triples;
    d->lines = (uint32_t *)(uintptr_t)d->table_end;
}

#define MN_DW_LOAD(a, b, c) "ldr " a ", [r0], #48\n ldr " b ", [r0, #-44]\n ldr " c ", [r0, #-40]\n"
#define MN_DW_EVEN(acc, p0, p1, h0, q0, g0) \
    "smlad " acc ", " p0 ", r1, " acc "\n smlad " acc ", " p1 ", r2, " acc "\n smlad " acc ", " q0 ", r3, " acc "\n" \
    "smlad " acc ", " h0 ", r4, " acc "\n smlabt " acc ", " g0 ", r5, " acc "\n"
#define MN_DW_ODD(acc, p1, h0, q0, q1, g0) \
    "smlad " acc ", " p1 ", r1, " acc "\n smlad " acc ", " q0 ", r2, " acc "\n smlad " acc ", " q1 ", r3, " acc "\n" \
    "smlatb " acc ", " h0 ", r4, " acc "\n smlad " acc ", " g0 ", r5, " acc "\n"
#define MN_DW_STORE(t0, t1, t2) \
    "vmov " t0 ", s7\n vmov " t1 ", s8\n smmla r12, r12, " t0 ", " t1 "\n smmla lr, lr, " t0 ", " t1 "\n" \
    "ssat lr, #8, lr, asr #1\n ssat r12, #8, r12, asr #1\n" MN_DW_PUT(t0, t1, t2)
#define MN_DW_STORE_FLOAT(t0, t1, t2) \
    "vmov s15, r12\n vcvt.f32.s32 s15, s15\n vmul.f32 s15, s15, s7\n vcvtr.s32.f32 s15, s15\n vmov r12, s15\n" \
    "vmov s15, lr\n vcvt.f32.s32 s15, s15\n vmul.f32 s15, s15, s7\n vcvtr.s32.f32 s15, s15\n vmov lr, s15\n" \
    "vmov " t0 ", s8\n add r12, r12, " t0 "\n add lr, lr, " t0 "\n ssat lr, #8, lr\n ssat r12, #8, r12\n" MN_DW_PUT(t0, t1, t2)
#define MN_DW_PUT(t0, t1, t2) \
    "vmov " t2 ", s11\n vmov " t0 ", s9\n vmov " t1 ", s1\n" \
    "strb lr, [" t2 ", " t0 "]\n strb r12, [" t2 "]\n add " t2 ", " t2 ", " t0 ", lsl #1\n vmov s11, " t2 "\n cmp r0, " t1 "\n"
#define MN_DW_FINISH(t0, t1, reach) \
    "vmov " t0 ", s4\n cmp " t0 ", #0\n beq.w .Lchannel_done%=\n movs " t1 ", #0\n vmov s4, " t1 "\n vmov s9, " t1 "\n" \
    "vmov " t1 ", s1\n add " t1 ", " t1 ", #" reach "\n vmov s1, " t1 "\n"

_Static_assert(offsetof(mn_depthwise3x3, table) == 0 && offsetof(mn_depthwise3x3, table_end) == 4 && offsetof(mn_depthwise3x3, lines) == 8 &&
               offsetof(mn_depthwise3x3, stream) == 12 && offsetof(mn_depthwise3x3, out) == 16 && offsetof(mn_depthwise3x3, blocks) == 20 &&
               offsetof(mn_depthwise3x3, end) == 24 && offsetof(mn_depthwise3x3, unused) == 28 && offsetof(mn_depthwise3x3, step) == 32 &&
               offsetof(mn_depthwise3x3, odd) == 36 && offsetof(mn_depthwise3x3, offset) == 40 &&
               offsetof(mn_depthwise3x3, columns) == 44, "r1-r12 are loaded in this order");

/*
 * s0 lines of the channel  s1 end  s2 out of the channel  s3 step  s4 odd  s5 record  s6 bias  s7 m  s8 c  s9 step, 0 for an odd last
 * output  s10 blocks left  s11 out  s12 channels left  s13 end of all pairs  s14 odd  s15 float  s16 table  s17 its end  s18 offset
 * s19 r7, which may be the frame pointer
 */
#define MN_DW_BEGIN \
    "vmov s19, r7\n ldm %[d]!, {r1-r8}\n ldm %[d], {r9-r12}\n" \
    "vmov s16, r1\n vmov s17, r2\n vmov s0, r3\n vmov s5, r4\n vmov s2, r5\n vmov s10, r6\n" \
    "add r7, r7, r3\n vmov s13, r7\n vmov s3, r9\n vmov s14, r10\n vmov s18, r11\n" \
    ".Lblock%=:\n" \
    "vmov r0, s16\n vmov r9, s17\n vmov r1, s0\n vmov r12, s18\n" \
    ".Ltranspose%=:\n" \
    "ldm r0!, {r2-r7}\n" \
    "ldr r2, [r2, r12]\n ldr r3, [r3, r12]\n ldr r4, [r4, r12]\n ldr r5, [r5, r12]\n ldr r6, [r6, r12]\n ldr r7, [r7, r12]\n" \
    MN_DW_PAIR("r2", "r3", "0", "12", "24", "36") \
    MN_DW_PAIR("r4", "r5", "4", "16", "28", "40") \
    MN_DW_PAIR("r6", "r7", "8", "20", "32", "44") \
    "add r1, r1, #48\n cmp r0, r9\n bne .Ltranspose%=\n" \
    "add r12, r12, #4\n vmov s18, r12\n movs r1, #4\n vmov s12, r1\n" \
    ".Lchannel%=:\n" \
    "vmov r0, s5\n ldm r0!, {r1-r6}\n vmov s5, r0\n vmov s6, r1\n vmov s7, r2\n vmov s8, r3\n" \
    "sxtb16 r1, r4\n sxtb16 r3, r5\n" \
    "vmov r0, s0\n vmov.f32 s1, s13\n vmov.f32 s11, s2\n vmov.f32 s9, s3\n vmov.f32 s4, s14\n" \
    "cmp r2, #0\n" \
    "sxtb16 r2, r4, ror #8\n sxtb16 r4, r5, ror #8\n sxtb16 r5, r6\n" \
    MN_DW_LOAD("r6", "r7", "r8")
#define MN_DW_END \
    ".Lchannel_done%=:\n" \
    "vmov r1, s0\n vmov r2, s2\n vmov r3, s13\n vmov r5, s12\n" \
    "add r1, r1, #12\n add r2, r2, #1\n add r3, r3, #12\n" \
    "vmov s0, r1\n vmov s2, r2\n vmov s13, r3\n" \
    "subs r5, r5, #1\n vmov s12, r5\n bne.w .Lchannel%=\n" \
    "sub r1, r1, #48\n sub r3, r3, #48\n vmov s0, r1\n vmov s13, r3\n" \
    "vmov r5, s10\n subs r5, r5, #1\n vmov s10, r5\n bne.w .Lblock%=\n" \
    "vmov r7, s19\n"
#define MN_DW_CLOBBERS \
    "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", \
    "s17", "s18", "s19", "cc", "memory"

#define MN_DW_STRIDE1(kind, store) \
    ".L" kind "_even%=:\n" \
    MN_DW_LOAD("r9", "r10", "r11") \
    "vmov r12, s6\n vmov lr, s6\n" \
    MN_DW_EVEN("r12", "r6", "r7", "r8", "r9", "r11") \
    MN_DW_ODD("lr", "r7", "r8", "r9", "r10", "r11") \
    store("r6", "r7", "r8") \
    "beq.w .L" kind "_end_even%=\n" \
    ".L" kind "_odd%=:\n" \
    MN_DW_LOAD("r6", "r7", "r8") \
    "vmov r12, s6\n vmov lr, s6\n" \
    MN_DW_EVEN("r12", "r9", "r10", "r11", "r6", "r8") \
    MN_DW_ODD("lr", "r10", "r11", "r6", "r7", "r8") \
    store("r9", "r10", "r11") \
    "bne.w .L" kind "_even%=\n" \
    MN_DW_FINISH("r9", "r10", "48") \
    "b.w .L" kind "_even%=\n" \
    ".L" kind "_end_even%=:\n" \
    MN_DW_FINISH("r6", "r7", "48") \
    "b.w .L" kind "_odd%=\n"

#define MN_DW_STRIDE2(kind, store) \
    ".L" kind "_even%=:\n" \
    MN_DW_LOAD("r9", "r10", "r11") \
    "vmov r12, s6\n vmov lr, s6\n" \
    MN_DW_EVEN("r12", "r6", "r7", "r8", "r9", "r11") \
    MN_DW_LOAD("r6", "r7", "r8") \
    MN_DW_EVEN("lr", "r9", "r10", "r11", "r6", "r8") \
    store("r9", "r10", "r11") \
    "bne.w .L" kind "_even%=\n" \
    MN_DW_FINISH("r9", "r10", "96") \
    "b.w .L" kind "_even%=\n"

#define MN_DW_KERNEL(name, loop) \
    MN_SHARED void name(const mn_depthwise3x3 *d) \
    { \
        register const mn_depthwise3x3 *r0 __asm("r0") = d; \
        __asm volatile( \
            MN_DW_BEGIN \
            "blt.w .Lfloat%=\n" \
            loop("integer", MN_DW_STORE) \
            ".Lfloat%=: vneg.f32 s7, s7\n" \
            loop("float", MN_DW_STORE_FLOAT) \
            MN_DW_END \
            : [d] "+r"(r0) : : MN_DW_CLOBBERS); \
    }

MN_DW_KERNEL(mn_depthwise3x3_stride1, MN_DW_STRIDE1)
MN_DW_KERNEL(mn_depthwise3x3_stride2, MN_DW_STRIDE2)

#else

MN_INLINE void mn_depthwise3x3_find(const mn_depthwise_dsp *p, mn_depthwise3x3 *d, void *scratch)
{
    (void)p;
    d->lines = (uint32_t *)scratch;
}

MN_SHARED void mn_depthwise3x3_transpose(const mn_depthwise_dsp *p, const mn_depthwise3x3 *d, uint32_t offset)
{
    uint32_t *to = d->lines;
    for (int32_t x = d->column; x < d->column + 2 * (int32_t)d->triples; x += 2)
        for (uint32_t c = offset; c < offset + 4u; c++, to += 3) {
            to[0] = mn_depthwise_word(mn_depthwise_source(p, d->rows[0], x, d->padding)[c], mn_depthwise_source(p, d->rows[1], x, d->padding)[c]);
            to[1] = mn_depthwise_word(mn_depthwise_source(p, d->rows[0], x + 1, d->padding)[c], mn_depthwise_source(p, d->rows[1], x + 1, d->padding)[c]);
            to[2] = mn_depthwise_word(mn_depthwise_source(p, d->rows[2], x, d->padding)[c], mn_depthwise_source(p, d->rows[2], x + 1, d->padding)[c]);
        }
}

/* One channel in plain C. */
MN_SHARED void mn_depthwise3x3_channel(const mn_depthwise_dsp *p, const uint32_t *line, const uint32_t *record, int8_t *out, uint32_t columns)
{
    uint32_t w[5];
    for (uint32_t i = 0; i < 5u; i++)
        w[i] = mn_depthwise_taps(record[3u + (i >> 1)] >> (8u * (i & 1u)));
    for (uint32_t x = 0; x < columns; x++, out += p->channels) {
        const uint32_t column = x * p->stride;
        const uint32_t *t = line + 12u * (column >> 1), *u = t + 12;
        uint32_t acc = record[0];
        if ((column & 1u) == 0u) {
            acc += (uint32_t)mn_dual_product(t[0], w[0]) + (uint32_t)mn_dual_product(t[1], w[1]) + (uint32_t)mn_dual_product(u[0], w[2]);
            acc += (uint32_t)mn_dual_product(t[2], w[3]) + (uint32_t)mn_dual_product(u[2] & 0xffffu, w[4] >> 16);
        } else {
            acc += (uint32_t)mn_dual_product(t[1], w[0]) + (uint32_t)mn_dual_product(u[0], w[1]) + (uint32_t)mn_dual_product(u[1], w[2]);
            acc += (uint32_t)mn_dual_product(t[2] >> 16, w[3] & 0xffffu) + (uint32_t)mn_dual_product(u[2], w[4]);
        }
        *out = mn_depthwise_output((int32_t)acc, record[1], record[2]);
    }
}

#endif

/* d->blocks times four channels. */
MN_INLINE void mn_depthwise3x3_channels(const mn_depthwise_dsp *p, const mn_depthwise3x3 *d)
{
#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)
    if (p->stride == 1u)
        mn_depthwise3x3_stride1(d);
    else
        mn_depthwise3x3_stride2(d);
#else
    for (uint32_t block = 0; block < d->blocks; block++) {
        mn_depthwise3x3_transpose(p, d, d->offset + 4u * block);
        for (uint32_t c = 0; c < 4u; c++)
            mn_depthwise3x3_channel(p, d->lines + 3u * c, d->stream + 6u * (4u * block + c), d->out + 4u * block + c, d->columns);
    }
#endif
}

MN_KERNEL void mn_depthwise3x3_s8_dsp(const mn_depthwise_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->channels, stride = p->stride;
    int8_t *padding = (int8_t *)scratch;
    mn_depthwise3x3 d;
    memset(padding, p->in_zero, channels);
    d.rows = rows;
    d.padding = padding;
    for (uint32_t x = 0; x < x1; x += p->chunk) {
        const uint32_t columns = x1 - x < p->chunk ? x1 - x : p->chunk, pairs = columns >> 1;
        d.columns = columns;
        d.column = (int32_t)(x * stride) - (int32_t)p->pad_left;
        d.triples = ((columns + 1u) >> 1) * stride + 1u;
        mn_depthwise3x3_find(p, &d, padding + ((channels + 3u) & ~3u));
        d.end = 48u * ((pairs != 0u ? pairs : 1u) * stride + 1u);
        d.step = pairs != 0u ? channels : 0u;
        d.odd = pairs != 0u ? columns & 1u : 0u;
        d.offset = 0;
        d.stream = p->stream;
        d.out = out + (size_t)x * channels;
        d.blocks = channels >> 2;
        mn_depthwise3x3_channels(p, &d);
        if ((channels & 3u) != 0u) {
            d.offset = channels - 4u;
            d.stream = p->stream + 6u * d.offset;
            d.out += d.offset;
            d.blocks = 1;
            mn_depthwise3x3_channels(p, &d);
        }
    }
    mn_clamp_s8(out, (size_t)x1 * channels, p->out_min, p->out_max);
}
