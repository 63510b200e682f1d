/*
 * Depthwise convolution, kernels up to nine columns wide, column stride 1 or 2, no column dilation, at least four channels.
 *
 * Four channels at a time are transposed into scratch: lines of words (row 2r, row 2r + 1), one per column and channel, for each pair
 * of kernel rows; a row that is left pairs with padding and zero weights. Each word then serves one SMLAD per output.
 *
 * stream, per channel: bias m c, then per row pair the taps as bytes (a b a' b') of columns a, b and rows 2r, 2r + 1 (the latter
 * with '); an odd first column alone as (a 0 a' 0).
 * Scratch: `channels` rounded up to 4, plus 24 bytes per row pair and column; columns (4 * blocks - 1) * stride + kernel_width rounded
 * up to even, blocks = (chunk + 3) / 4. Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
typedef struct {
    const int8_t *const *table;
    const int8_t *const *table_end;
    uint32_t *lines;
    const uint32_t *stream;
    int8_t *out;
    uint32_t offset;
    uint32_t pairs;
    uint32_t doubles;
    uint32_t single;
    uint32_t advance;
    uint32_t columns;
    uint32_t channels;
    uint32_t count;
    uint32_t next;
    const int8_t *const *rows;
    const int8_t *padding;
    int32_t column;
    uint32_t span;
} mn_depthwise_lines;

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

#define MN_DWL_PAIR(a, b, o0, o1, o2, o3) \
    "pkhbt r8, " a ", " b ", lsl #16\n pkhtb " b ", " b ", " a ", asr #16\n" \
    "sxtb16 " a ", r8\n sxtb16 r8, r8, ror #8\n str " a ", [r1, #" o0 "]\n str r8, [r1, #" o1 "]\n" \
    "sxtb16 r8, " b "\n sxtb16 " b ", " b ", ror #8\n str r8, [r1, #" o2 "]\n str " b ", [r1, #" o3 "]\n"

/* Finds the inputs of each row pair and column; the table serves all channels. */
MN_INLINE void mn_depthwise_find(const mn_depthwise_dsp *p, mn_depthwise_lines *d, void *scratch)
{
    const int8_t **entry = (const int8_t **)scratch;
    const uint32_t height = p->kernel_height;
    d->table = entry;
    for (uint32_t r = 0; r < height; r += 2u) {
        const int8_t *row = d->rows[r], *next = r + 1u < height ? d->rows[r + 1u] : NULL;
        for (int32_t column = d->column; column < d->column + (int32_t)d->span; column++, entry += 2) {
            entry[0] = mn_depthwise_source(p, row, column, d->padding);
            entry[1] = mn_depthwise_source(p, next, column, d->padding);
        }
    }
    d->table_end = entry;
    d->lines = (uint32_t *)(void *)entry;
}

MN_SHARED void mn_depthwise_transpose(const mn_depthwise_dsp *p, const mn_depthwise_lines *d)
{
    register const mn_depthwise_lines *r0 __asm("r0") = d;
    __asm volatile(
        "ldr r12, [%[d], %[offset]]\n ldr r9, [%[d], %[table_end]]\n ldr r1, [%[d], %[lines]]\n ldr r0, [%[d], %[table]]\n"
        ".Lcolumns%=:\n"
        "ldm r0!, {r2-r5}\n"
        "ldr r2, [r2, r12]\n ldr r3, [r3, r12]\n ldr r4, [r4, r12]\n ldr r5, [r5, r12]\n"
        MN_DWL_PAIR("r2", "r3", "0", "4", "8", "12")
        MN_DWL_PAIR("r4", "r5", "16", "20", "24", "28")
        "add r1, r1, #32\n cmp r0, r9\n bne .Lcolumns%=\n"
        : [d] "+r"(r0)
        : [table] "i"(offsetof(mn_depthwise_lines, table)), [table_end] "i"(offsetof(mn_depthwise_lines, table_end)), [lines] "i"(offsetof(mn_depthwise_lines, lines)), [offset] "i"(offsetof(mn_depthwise_lines, offset))
        : "r1", "r2", "r3", "r4", "r5", "r8", "r9", "r12", "cc", "memory");
    (void)p;
}

#define MN_DWL_MAC(a, b, c, d, w) \
    "smlad r2, " a ", " w ", r2\n smlad r3, " b ", " w ", r3\n smlad r4, " c ", " w ", r4\n smlad r5, " d ", " w ", r5\n"

/* Two taps of four outputs one column apart: 64 bytes of code. */
#define MN_DWL_DOUBLE1 \
    "ldr.w r8, [r0], #32\n ldr.w r6, [r1], #4\n ldr.w r9, [r0, #-16]\n ldr.w r10, [r0]\n ldr.w r11, [r0, #16]\n ldr.w r12, [r0, #32]\n" \
    "sxtb16 r7, r6, ror #8\n sxtb16 r6, r6\n" \
    MN_DWL_MAC("r8", "r9", "r10", "r11", "r6") MN_DWL_MAC("r9", "r10", "r11", "r12", "r7")
#define MN_DWL_SINGLE1 \
    "ldr.w r8, [r0], #16\n ldr.w r6, [r1], #4\n ldr.w r9, [r0]\n ldr.w r10, [r0, #16]\n ldr.w r11, [r0, #32]\n" \
    "sxtb16 r6, r6\n" MN_DWL_MAC("r8", "r9", "r10", "r11", "r6")

/* Two taps of four outputs two columns apart: 76 bytes of code. */
#define MN_DWL_DOUBLE2 \
    "ldr.w r8, [r0], #32\n ldr.w r6, [r1], #4\n ldr.w r9, [r0]\n ldr.w r10, [r0, #32]\n ldr.w r11, [r0, #64]\n" \
    "sxtb16 r7, r6, ror #8\n sxtb16 r6, r6\n" \
    MN_DWL_MAC("r8", "r9", "r10", "r11", "r6") \
    "ldr.w r8, [r0, #-16]\n ldr.w r9, [r0, #16]\n ldr.w r10, [r0, #48]\n ldr.w r11, [r0, #80]\n" \
    MN_DWL_MAC("r8", "r9", "r10", "r11", "r7")
#define MN_DWL_SINGLE2 \
    "ldr.w r8, [r0], #16\n ldr.w r6, [r1], #4\n ldr.w r9, [r0, #16]\n ldr.w r10, [r0, #48]\n ldr.w r11, [r0, #80]\n" \
    "sxtb16 r6, r6\n" MN_DWL_MAC("r8", "r9", "r10", "r11", "r6")

#define MN_DWL_FLOAT(acc) \
    "vmov s3, " acc "\n vcvt.f32.s32 s3, s3\n vmul.f32 s3, s3, s11\n vcvtr.s32.f32 s3, s3\n vmov " acc ", s3\n" \
    "add " acc ", " acc ", r7\n ssat " acc ", #8, " acc "\n"

/*
 * Four outputs per round; those past the end are not stored.
 * s0 line  s1 taps  s2 record  s3 out  s4 line advance  s5 bias  s6 m  s7 c  s8 first tap  s9 doubles  s10 row pairs
 * s11 columns left  s12 channels  s13 lines of the channel  s14 channel's out  s15 channels left  s16 r7, which may be the frame pointer  s17 columns
 */
#define MN_DWL_KERNEL(name, one_tap, two_taps, size, reach) \
    MN_SHARED void name(const mn_depthwise_lines *d) \
    { \
        register const mn_depthwise_lines *r0 __asm("r0") = d; \
        __asm volatile( \
            "vmov s16, r7\n ldr r1, [%[d], %[lines]]\n ldr r2, [%[d], %[stream]]\n ldr r3, [%[d], %[out]]\n ldr r4, [%[d], %[pairs]]\n" \
            "ldr r5, [%[d], %[advance]]\n ldr r6, [%[d], %[columns]]\n vmov s17, r6\n" \
            "vmov s13, r1\n vmov s2, r2\n vmov s14, r3\n vmov s10, r4\n vmov s4, r5\n" \
            "ldr r1, [%[d], %[doubles]]\n ldr r2, [%[d], %[single]]\n ldr r3, [%[d], %[channels]]\n ldr r4, [%[d], %[count]]\n" \
            "vmov s12, r3\n vmov s15, r4\n" \
            "adr.w r3, .Ldoubles%=\n rsb r1, r1, #4\n movs r4, #" size "\n mla r3, r1, r4, r3\n orr r3, r3, #1\n vmov s9, r3\n" \
            "cmp r2, #0\n beq .Lentry%=\n adr.w r3, .Lsingle%=\n orr r3, r3, #1\n" \
            ".Lentry%=: vmov s8, r3\n" \
            ".Lchannel%=:\n" \
            "vmov r0, s2\n ldm r0!, {r1-r3}\n vmov s5, r1\n vmov s6, r2\n vmov s7, r3\n vmov s1, r0\n" \
            "vmov.f32 s0, s13\n vmov.f32 s3, s14\n vmov.f32 s11, s17\n" \
            ".Lfour%=:\n" \
            "vmov r6, s8\n vmov r0, s0\n vmov r1, s1\n vmov lr, s10\n" \
            "vmov r2, s5\n mov r3, r2\n mov r4, r2\n mov r5, r2\n" \
            "bx r6\n" \
            ".balign 4\n" \
            ".Lsingle%=:\n" one_tap "vmov r6, s9\n bx r6\n" \
            ".balign 4\n" \
            ".Ldoubles%=:\n" two_taps two_taps two_taps two_taps \
            "vmov r7, s4\n add r0, r0, r7\n subs lr, lr, #1\n beq .Lrequantize%=\n vmov r6, s8\n bx r6\n" \
            ".Lrequantize%=:\n" \
            "vmov r6, s6\n vmov r7, s7\n cmp r6, #0\n blt .Lfloat%=\n" \
            "smmla r2, r2, r6, r7\n smmla r3, r3, r6, r7\n smmla r4, r4, r6, r7\n smmla r5, r5, r6, r7\n" \
            "ssat r2, #8, r2, asr #1\n ssat r3, #8, r3, asr #1\n ssat r4, #8, r4, asr #1\n ssat r5, #8, r5, asr #1\n" \
            ".Lstore%=:\n" \
            "vmov r6, s3\n vmov r7, s12\n vmov r12, s11\n" \
            "subs r12, r12, #4\n bls .Llast_four%=\n" \
            "strb r2, [r6]\n strb r3, [r6, r7]\n add r6, r6, r7, lsl #1\n strb r4, [r6]\n strb r5, [r6, r7]\n" \
            "add r6, r6, r7, lsl #1\n vmov s3, r6\n vmov s11, r12\n" \
            "vmov r0, s0\n add r0, r0, #" reach "\n vmov s0, r0\n" \
            "b .Lfour%=\n" \
            ".Llast_four%=: add r12, r12, #3\n cmp r12, #3\n blt .Lstore_three%=\n" \
            "add r8, r7, r7, lsl #1\n strb r5, [r6, r8]\n" \
            ".Lstore_three%=: cmp r12, #2\n blt .Lstore_two%=\n strb r4, [r6, r7, lsl #1]\n" \
            ".Lstore_two%=: cmp r12, #1\n blt .Lstore_one%=\n strb r3, [r6, r7]\n" \
            ".Lstore_one%=: strb r2, [r6]\n" \
            "vmov s2, r1\n" \
            "vmov r1, s13\n vmov r2, s14\n vmov r3, s15\n add r1, r1, #4\n add r2, r2, #1\n vmov s13, r1\n vmov s14, r2\n" \
            "subs r3, r3, #1\n vmov s15, r3\n bne.w .Lchannel%=\n" \
            "b .Lend%=\n" \
            ".Lfloat%=: bic r6, r6, #0x80000000\n vmov r8, s3\n vmov r9, s11\n vmov s11, r6\n" \
            MN_DWL_FLOAT("r2") MN_DWL_FLOAT("r3") MN_DWL_FLOAT("r4") MN_DWL_FLOAT("r5") \
            "vmov s3, r8\n vmov s11, r9\n b .Lstore%=\n" \
            ".Lend%=: vmov r7, s16\n" \
            : [d] "+r"(r0) \
            : [lines] "i"(offsetof(mn_depthwise_lines, lines)), [stream] "i"(offsetof(mn_depthwise_lines, stream)), [out] "i"(offsetof(mn_depthwise_lines, out)), [pairs] "i"(offsetof(mn_depthwise_lines, pairs)), \
              [doubles] "i"(offsetof(mn_depthwise_lines, doubles)), [single] "i"(offsetof(mn_depthwise_lines, single)), [advance] "i"(offsetof(mn_depthwise_lines, advance)), \
              [columns] "i"(offsetof(mn_depthwise_lines, columns)), [channels] "i"(offsetof(mn_depthwise_lines, channels)), [count] "i"(offsetof(mn_depthwise_lines, count)) \
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", \
              "s16", "s17", "cc", "memory"); \
    }

MN_DWL_KERNEL(mn_depthwise_lines_stride1, MN_DWL_SINGLE1, MN_DWL_DOUBLE1, "64", "64")
MN_DWL_KERNEL(mn_depthwise_lines_stride2, MN_DWL_SINGLE2, MN_DWL_DOUBLE2, "76", "128")

#else

MN_INLINE void mn_depthwise_find(const mn_depthwise_dsp *p, mn_depthwise_lines *d, void *scratch)
{
    (void)p;
    d->lines = (uint32_t *)scratch;
}

MN_SHARED void mn_depthwise_transpose(const mn_depthwise_dsp *p, const mn_depthwise_lines *d)
{
    uint32_t *to = d->lines;
    const uint32_t height = p->kernel_height;
    for (uint32_t r = 0; r < height; r += 2u) {
        const int8_t *row = d->rows[r], *next = r + 1u < height ? d->rows[r + 1u] : NULL;
        for (int32_t x = d->column; x < d->column + (int32_t)d->span; x++)
            for (uint32_t c = d->offset; c < d->offset + 4u; c++)
                *to++ = mn_depthwise_word(mn_depthwise_source(p, row, x, d->padding)[c], mn_depthwise_source(p, next, x, d->padding)[c]);
    }
}

/* One channel in plain C. */
MN_SHARED void mn_depthwise_lines_channel(const mn_depthwise_dsp *p, const mn_depthwise_lines *d, uint32_t channel)
{
    const uint32_t width = p->kernel_width, pitch = 4u * width + (d->advance >> 2);
    const uint32_t *record = d->stream + channel * d->next;
    for (uint32_t x = 0; x < d->columns; x++) {
        const uint32_t *line = d->lines + channel + 4u * x * p->stride, *w = record + 3;
        uint32_t acc = record[0];
        for (uint32_t r = 0; r < d->pairs; r++, line += pitch) {
            uint32_t k = 0;
            if ((width & 1u) != 0u)
                acc += (uint32_t)mn_dual_product(line[4u * k++], mn_depthwise_taps(*w++));
            for (; k < width; k += 2u, w++)
                acc += (uint32_t)mn_dual_product(line[4u * k], mn_depthwise_taps(*w)) + (uint32_t)mn_dual_product(line[4u * k + 4u], mn_depthwise_taps(*w >> 8));
        }
        d->out[channel + x * p->channels] = mn_depthwise_output((int32_t)acc, record[1], record[2]);
    }
}

#endif

MN_INLINE void mn_depthwise_lines_channels(const mn_depthwise_dsp *p, mn_depthwise_lines *d)
{
#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)
    if (p->stride == 1u)
        mn_depthwise_lines_stride1(d);
    else
        mn_depthwise_lines_stride2(d);
#else
    for (uint32_t c = 0; c < 4u; c++)
        mn_depthwise_lines_channel(p, d, c);
#endif
}

MN_KERNEL void mn_depthwise_s8_dsp(const mn_depthwise_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->channels, width = p->kernel_width;
    int8_t *padding = (int8_t *)scratch;
    mn_depthwise_lines d;
    memset(padding, p->in_zero, channels);
    d.rows = rows;
    d.padding = padding;
    d.pairs = ((uint32_t)p->kernel_height + 1u) >> 1;
    d.doubles = width >> 1;
    d.single = width & 1u;
    d.channels = channels;
    d.count = 4;
    d.next = 3u + d.pairs * ((width + 1u) >> 1);
    for (uint32_t x = 0; x < x1; x += p->chunk) {
        d.columns = x1 - x < p->chunk ? x1 - x : p->chunk;
        d.span = (((((d.columns + 3u) & ~3u) - 1u) * p->stride + width) + 1u) & ~1u;
        d.column = (int32_t)(x * p->stride) - (int32_t)p->pad_left;
        d.advance = 16u * (d.span - width);
        mn_depthwise_find(p, &d, padding + ((channels + 3u) & ~3u));
        for (uint32_t c = 0; c < channels; c += 4u) {
            if (c + 4u > channels)
                c = channels - 4u;
            d.offset = c;
            d.stream = p->stream + d.next * c;
            d.out = out + (size_t)x * channels + c;
            mn_depthwise_transpose(p, &d);
            mn_depthwise_lines_channels(p, &d);
        }
    }
    mn_clamp_s8(out, (size_t)x1 * channels, p->out_min, p->out_max);
}
