/*
 * Depthwise convolution with any window, for rows too short to transpose: one output pixel at a time, four channels at a time, at least
 * four channels. Two taps at a time are paired per channel for SMLAD.
 *
 * stream, a record per four channels (the last four where their number is not a multiple of four):
 *   start x 4, in mn_depthwise_s8_dsp_narrow_asym.c minus the zero point of the weights in both halves of a word, per two taps s, t the bytes
 *   (a_s b_s a_t b_t) (c_s d_s c_t d_t), an odd last tap as (a b c d), m_a m_b m_c m_d, the offsets of a and b and of c and d, 16 bits each
 * Scratch: `channels` rounded up to 4, plus 4 bytes per tap. Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
typedef struct {
    const int8_t *const *table;
    const int8_t *const *table_end;
    const uint32_t *stream;
    const uint32_t *stream_end;
    int8_t *out;
    uint32_t offset;
    uint32_t single;
    const int8_t *const *rows;
    const int8_t *padding;
    int32_t first;
} mn_depthwise_narrow;

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

/* Finds the inputs of all taps; the table serves all channels. */
MN_INLINE void mn_depthwise_narrow_find(const mn_depthwise_dsp *p, mn_depthwise_narrow *d, void *scratch)
{
    const uint32_t channels = p->channels, height = p->kernel_height, width = p->kernel_width;
    const int32_t step = p->dilation;
    const int32_t inside = d->first >= 0 && d->first + (int32_t)(width - 1u) * step < (int32_t)p->in_width;
    const int8_t **entry = (const int8_t **)scratch;
    d->table = entry;
    d->table_end = entry + ((height * width) & ~1u);
    for (uint32_t ky = 0; ky < height; ky++) {
        const int8_t *row = d->rows[ky];
        if (row != NULL && inside != 0) {
            const int8_t *from = row + (uint32_t)d->first * channels;
            for (uint32_t kx = 0; kx < width; kx++, from += (uint32_t)step * channels)
                *entry++ = from;
        } else {
            for (uint32_t kx = 0; kx < width; kx++)
                *entry++ = mn_depthwise_source(p, row, d->first + (int32_t)kx * step, d->padding);
        }
    }
}

/* Two taps of four channels: 76 bytes of code. `widen` makes half-words of the even bytes of weights, or with the rotation of the odd ones. */
#define MN_DWP_DOUBLE(widen) \
    "ldm.w r0!, {r6, r7}\n ldr.w r6, [r6, lr]\n ldr.w r7, [r7, lr]\n ldr.w r8, [r1], #4\n ldr.w r9, [r1], #4\n" \
    "pkhbt r10, r6, r7, lsl #16\n pkhtb r7, r7, r6, asr #16\n" \
    "sxtb16 r6, r10\n sxtb16 r10, r10, ror #8\n" widen("r11", "r8", "") widen("r8", "r8", ", ror #8") \
    "smlad r2, r6, r11, r2\n smlad r3, r10, r8, r3\n" \
    "sxtb16 r6, r7\n sxtb16 r7, r7, ror #8\n" widen("r11", "r9", "") widen("r9", "r9", ", ror #8") \
    "smlad r4, r6, r11, r4\n smlad r5, r7, r9, r5\n"
#define MN_DWP_FLOAT(acc, scale, zero) \
    "bic " scale ", " scale ", #0x80000000\n vmov s6, " scale "\n vmov s5, " acc "\n vcvt.f32.s32 s5, s5\n vmul.f32 s5, s5, s6\n" \
    "vcvtr.s32.f32 s5, s5\n vmov " acc ", s5\n add " acc ", " acc ", " zero "\n ssat " acc ", #8, " acc "\n"

_Static_assert(offsetof(mn_depthwise_narrow, table) == 0 && offsetof(mn_depthwise_narrow, table_end) == 4 && offsetof(mn_depthwise_narrow, stream) == 8 &&
               offsetof(mn_depthwise_narrow, stream_end) == 12 && offsetof(mn_depthwise_narrow, out) == 16 &&
               offsetof(mn_depthwise_narrow, offset) == 20 && offsetof(mn_depthwise_narrow, single) == 24, "r1-r6, r12 are loaded in this order");

/* s8 holds r7, which may be the frame pointer. r12 is the output; `take` and `give` are for kernels that keep it in s7, because r12 holds what `starts` loads with the start values. */
#define MN_DWP_KERNEL(name, widen, give, starts, take) \
    MN_SHARED void name(const mn_depthwise_dsp *p, const mn_depthwise_narrow *d) \
    { \
        register const mn_depthwise_narrow *r0 __asm("r0") = d; \
        __asm volatile( \
            "vmov s8, r7\n ldm %[d], {r1-r6, r12}\n" \
            /* s3 = entry into four unrolled pairs of taps */ \
            "sub r7, r2, r1\n rsb r7, r7, #0\n ubfx r7, r7, #3, #2\n movs r8, #76\n adr.w r9, .Ltaps%=\n mla r9, r7, r8, r9\n" \
            "cmp r1, r2\n bne .Lentry%=\n adr.w r9, .Ltaps_done%=\n" \
            ".Lentry%=: orr r9, r9, #1\n" \
            "vmov s0, r1\n vmov s1, r2\n vmov s2, r4\n vmov s3, r9\n vmov s4, r12\n" \
            "mov r1, r3\n mov r12, r5\n mov lr, r6\n" give \
            ".Lchannels%=:\n" \
            "ldm r1!, {" starts "}\n vmov r6, s3\n vmov r0, s0\n bx r6\n" \
            ".balign 4\n" \
            ".Ltaps%=:\n" \
            MN_DWP_DOUBLE(widen) MN_DWP_DOUBLE(widen) MN_DWP_DOUBLE(widen) MN_DWP_DOUBLE(widen) \
            "vmov r6, s1\n cmp r0, r6\n bne.w .Ltaps%=\n" \
            ".balign 4\n" \
            ".Ltaps_done%=:\n" \
            "vmov r6, s4\n cmp r6, #0\n beq .Lrequantize%=\n" \
            "ldr r6, [r0]\n ldr r6, [r6, lr]\n ldr r8, [r1], #4\n" \
            "sxtb16 r7, r6\n sxtb16 r6, r6, ror #8\n" widen("r9", "r8", "") widen("r8", "r8", ", ror #8") \
            "smlabb r2, r7, r9, r2\n smlatt r4, r7, r9, r4\n smlabb r3, r6, r8, r3\n smlatt r5, r6, r8, r5\n" \
            ".Lrequantize%=:\n" \
            "ldm r1!, {r6-r10}\n sxth r11, r10\n asr r10, r10, #16\n cmp r6, #0\n blt.w .Lfloat%=\n" \
            "smmla r2, r2, r6, r11\n smmla r3, r3, r7, r11\n smmla r4, r4, r8, r10\n smmla r5, r5, r9, r10\n" \
            "ssat r2, #8, r2, asr #1\n ssat r3, #8, r3, asr #1\n ssat r4, #8, r4, asr #1\n ssat r5, #8, r5, asr #1\n" \
            ".Lstore%=:\n" take \
            "vmov r6, s2\n add lr, lr, #4\n" \
            "strb r3, [r12, #1]\n strb r4, [r12, #2]\n strb r5, [r12, #3]\n strb r2, [r12], #4\n" give \
            "cmp r1, r6\n bne.w .Lchannels%=\n" \
            "b.w .Lend%=\n" \
            ".Lfloat%=:\n" \
            MN_DWP_FLOAT("r2", "r6", "r10") MN_DWP_FLOAT("r3", "r7", "r10") MN_DWP_FLOAT("r4", "r8", "r10") MN_DWP_FLOAT("r5", "r9", "r10") \
            "b.w .Lstore%=\n" \
            ".Lend%=: vmov r7, s8\n" \
            : [d] "+r"(r0) \
            : \
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "cc", "memory"); \
        (void)p; \
    }

#define MN_DWP_PLAIN(to, from, turn) "sxtb16 " to ", " from turn "\n"
#define MN_DWP_LESS(to, from, turn) "sxtab16 " to ", r12, " from turn "\n"
#define MN_DWP_SYMMETRIC(name) MN_DWP_KERNEL(name, MN_DWP_PLAIN, "", "r2-r5", "")
#define MN_DWP_ASYMMETRIC(name) MN_DWP_KERNEL(name, MN_DWP_LESS, "vmov s7, r12\n", "r2-r5, r12", "vmov r12, s7\n")

#else

MN_INLINE void mn_depthwise_narrow_find(const mn_depthwise_dsp *p, mn_depthwise_narrow *d, void *scratch)
{
    (void)p;
    (void)d;
    (void)scratch;
}

MN_INLINE int8_t mn_depthwise_tap(const mn_depthwise_dsp *p, const mn_depthwise_narrow *d, uint32_t tap, uint32_t channel)
{
    const int32_t column = d->first + (int32_t)((tap % p->kernel_width) * p->dilation);
    return mn_depthwise_source(p, d->rows[tap / p->kernel_width], column, d->padding)[d->offset + channel];
}

/* `extra` is 1 where records hold a zero point. */
MN_INLINE void mn_depthwise_narrow_plain(const mn_depthwise_dsp *p, const mn_depthwise_narrow *from, uint32_t extra)
{
    mn_depthwise_narrow d = *from;
    const uint32_t doubles = ((uint32_t)p->kernel_height * p->kernel_width) & ~1u;
    for (const uint32_t *s = d.stream; s < d.stream_end; s += 5, d.offset += 4, d.out += 4) {
        uint32_t acc[4] = { s[0], s[1], s[2], s[3] };
        const int32_t zero = extra != 0u ? -(int16_t)(uint16_t)s[4] : 0;
        s += 4u + extra;
        for (uint32_t t = 0; t < doubles; t += 2u, s += 2)
            for (uint32_t c = 0; c < 4u; c++)
                acc[c] += (uint32_t)mn_dual_product(mn_depthwise_word(mn_depthwise_tap(p, &d, t, c), mn_depthwise_tap(p, &d, t + 1u, c)), mn_depthwise_less(s[c >> 1] >> (8u * (c & 1u)), zero));
        if (d.single != 0u) {
            for (uint32_t c = 0; c < 4u; c++)
                acc[c] += (uint32_t)(mn_depthwise_tap(p, &d, doubles, c) * ((int8_t)(uint8_t)(*s >> (8u * c)) - zero));
            s++;
        }
        for (uint32_t c = 0; c < 4u; c++)
            d.out[c] = mn_depthwise_output((int32_t)acc[c], s[c], (uint32_t)(int32_t)(int16_t)(uint16_t)(s[4] >> (c < 2u ? 0 : 16)));
    }
}

#define MN_DWP_SYMMETRIC(name) \
    MN_SHARED void name(const mn_depthwise_dsp *p, const mn_depthwise_narrow *d) { mn_depthwise_narrow_plain(p, d, 0u); }
#define MN_DWP_ASYMMETRIC(name) \
    MN_SHARED void name(const mn_depthwise_dsp *p, const mn_depthwise_narrow *d) { mn_depthwise_narrow_plain(p, d, 1u); }

#endif

/* Columns [0, x1) of a row by `kernel`, which the compiler sees; records of `record` words. */
MN_INLINE void mn_depthwise_narrow_row(const mn_depthwise_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x1, void *scratch,
                                       uint32_t record, void (*kernel)(const mn_depthwise_dsp *, const mn_depthwise_narrow *))
{
    const uint32_t channels = p->channels, taps = (uint32_t)p->kernel_height * p->kernel_width;
    const uint32_t quads = channels >> 2;
    int8_t *padding = (int8_t *)scratch;
    mn_depthwise_narrow d = { NULL, NULL, p->stream, p->stream + quads * record, NULL, 0, taps & 1u, rows, padding, 0 };
    memset(padding, p->in_zero, channels);
    for (uint32_t x = 0; x < x1; x++) {
        d.first = (int32_t)(x * p->stride) - (int32_t)p->pad_left;
        d.out = out + (size_t)x * channels;
        mn_depthwise_narrow_find(p, &d, padding + ((channels + 3u) & ~3u));
        kernel(p, &d);
        if ((channels & 3u) != 0u) {
            mn_depthwise_narrow last = d;
            last.stream = d.stream_end;
            last.stream_end = d.stream_end + record;
            last.offset = channels - 4u;
            last.out = d.out + last.offset;
            kernel(p, &last);
        }
    }
    mn_clamp_s8(out, (size_t)x1 * channels, p->out_min, p->out_max);
}
