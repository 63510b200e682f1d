/*
 * Depthwise 3 x 3 over a whole layer, strides 1 or 2 in both directions, no dilation, at least four channels: mn_depthwise_planes.h.
 *
 * Two rows of two outputs at a time. A column of three inputs is a word of one line and half a word of the next; at stride 1 the second
 * output row takes the other half of the first word. Weights as pairs (w0, w1) and (w1, w2) of each kernel column.
 * Scratch: lines * pitch words, lines = (stride * (band - 1) + 3 + 1) / 2 of the band rounded up to even rows, pitch = 4 * columns,
 * columns = stride * (out_width rounded up to 2 - 1) + 3, or what lies left of the input and the input if that is more.
 * Output may not overlap the input.
 */
typedef struct {
    const uint32_t *lines;
    int8_t *out;
    mn_depthwise_head head;
    uint32_t pitch;
    uint32_t columns;
    uint32_t rows;
    uint32_t channels;
    uint32_t row_bytes;
    uint32_t pairs[6];
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

/*
 * s0 lines of the strip  s1 end of whole pairs  s2 out of the strip  s3 pitch  s4 columns  s5 start  s6 m  s7 c  s8 bytes of a row
 * s9 channels  s10 rows left  s11 out, lower row  s12 channels, 0 for an odd last column  s13 bytes of a row, 0 for an odd last row
 * s14 odd last column  s16 scale
 */
#define MN_PLANE_KERNEL(name, block, lines, shift, reach) \
    MN_SHARED void name(const mn_depthwise3x3_plane *d) \
    { \
        register const mn_depthwise3x3_plane *r0 __asm("r0") = d; \
        __asm volatile( \
            "push {r4-r11, lr}\n" \
            "ldm r0!, {r1-r10}\n" \
            "vmov s0, r1\n vmov s2, r2\n vmov s5, r3\n vmov s6, r4\n vmov s7, r5\n vmov s3, r6\n vmov s4, r7\n vmov s10, r8\n" \
            "vmov s9, r9\n vmov s8, r10\n" \
            "bic r4, r4, #0x80000000\n vmov s16, r4\n" \
            "ldm r0, {r2-r7}\n" \
            "1:\n" \
            "vmov r0, s0\n vmov r8, s3\n" lines "vmov s0, r9\n" \
            "vmov r8, s4\n and r9, r8, #1\n vmov s14, r9\n lsr r8, r8, #1\n add r8, r0, r8, lsl #" shift "\n vmov s1, r8\n" \
            "vmov.f32 s12, s9\n" \
            "vmov r9, s8\n vmov r10, s10\n cmp r10, #1\n it eq\n moveq r9, #0\n vmov s13, r9\n" \
            "vmov r10, s2\n add r9, r9, r10\n vmov s11, r9\n" \
            "vmov r9, s6\n cmp r0, r8\n beq 5f\n cmp r9, #0\n blt.w 3f\n" \
            "2:\n" block MN_PLANE_INTEGERS MN_PLANE_STORE \
            "bne.w 2b\n b 5f\n" \
            "3:\n" block MN_PLANE_FLOATS MN_PLANE_STORE \
            "bne.w 3b\n" \
            "5:\n" \
            "vmov r8, s14\n cmp r8, #0\n beq 6f\n" \
            "movs r8, #0\n vmov s14, r8\n vmov s12, r8\n" \
            "add r9, r0, #" reach "\n vmov s1, r9\n" \
            "vmov r9, s6\n cmp r9, #0\n blt.w 3b\n b.w 2b\n" \
            "6:\n" \
            "vmov r8, s2\n vmov r9, s8\n add r8, r8, r9, lsl #1\n vmov s2, r8\n" \
            "vmov r8, s10\n subs r8, r8, #2\n vmov s10, r8\n bgt.w 1b\n" \
            "pop {r4-r11, lr}\n" \
            : "+r"(r0) \
            : \
            : "r1", "r2", "r3", "r12", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", \
              "s16", "cc", "memory"); \
    }

MN_PLANE_KERNEL(mn_depthwise3x3_plane1, MN_PLANE_BLOCK1, MN_PLANE_LINES1, "5", "32")
MN_PLANE_KERNEL(mn_depthwise3x3_plane2, MN_PLANE_BLOCK2, MN_PLANE_LINES2, "6", "64")

#else

/* One channel in plain C. */
MN_INLINE void mn_depthwise3x3_plane_rows(const mn_depthwise3x3_plane *d, uint32_t stride)
{
    for (uint32_t y = 0; y < d->rows; y++)
        for (uint32_t x = 0; x < d->columns; x++) {
            const uint32_t *upper = d->lines + ((y * stride) >> 1) * (d->pitch >> 2) + 4u * stride * x, *lower = upper + (d->pitch >> 2);
            uint32_t acc = d->head.start;
            for (uint32_t k = 0; k < 3u; k++) {
                const uint32_t a = upper[4u * k], b = lower[4u * k];
                if (stride == 2u)
                    acc += (uint32_t)mn_dual_product(a, d->pairs[1u + k]) + (uint32_t)mn_dual_product(b & 0xffffu, k < 2u ? d->pairs[4] >> (16u * k) : d->pairs[5]);
                else if ((y & 1u) == 0u)
                    acc += (uint32_t)mn_dual_product(a, d->pairs[k]) + (uint32_t)mn_dual_product(b & 0xffffu, d->pairs[3u + k] >> 16);
                else
                    acc += (uint32_t)mn_dual_product(a >> 16, d->pairs[k] & 0xffffu) + (uint32_t)mn_dual_product(b, d->pairs[3u + k]);
            }
            d->out[y * d->row_bytes + x * d->channels] = mn_depthwise_output((int32_t)acc, d->head.multiplier, d->head.offset);
        }
}

MN_SHARED void mn_depthwise3x3_plane1(const mn_depthwise3x3_plane *d) { mn_depthwise3x3_plane_rows(d, 1); }
MN_SHARED void mn_depthwise3x3_plane2(const mn_depthwise3x3_plane *d) { mn_depthwise3x3_plane_rows(d, 2); }

#endif

MN_INLINE void mn_depthwise3x3_pairs(uint32_t *pairs, const int8_t *w, uint32_t stride)
{
    if (stride == 1u) {
        for (uint32_t k = 0; k < 3u; k++) {
            pairs[k] = mn_pair(w[k], w[3u + k]);
            pairs[3u + k] = mn_pair(w[3u + k], w[6u + k]);
        }
    } else {
        for (uint32_t k = 0; k < 3u; k++)
            pairs[1u + k] = mn_pair(w[k], w[3u + k]);
        pairs[4] = mn_pair(w[6], w[7]);
        pairs[5] = mn_pair(w[8], 0);
    }
}

static void mn_depthwise3x3_s8_dsp_planes(const mn_depthwise_planes *p, const int8_t *in, int8_t *out, void *scratch)
{
    const uint32_t channels = p->channels, stride = p->stride, row_bytes = p->out_width * channels;
    const uint32_t reach = stride * (((p->out_width + 1u) & ~1u) - 1u) + 3u, filled = (uint32_t)p->pad_left + p->in_width;
    mn_depthwise3x3_plane d;
    mn_depthwise_lines_place place;
    place.words = (uint32_t *)scratch;
    place.pitch = 4u * (reach > filled ? reach : filled);
    place.half = 0;
    d.pitch = 4u * place.pitch;
    d.columns = p->out_width;
    d.channels = channels;
    d.row_bytes = row_bytes;
    for (uint32_t y = 0; y < p->out_height; y += p->band) {
        d.rows = p->out_height - y < p->band ? p->out_height - y : p->band;
        place.count = (stride * (((d.rows + 1u) & ~1u) - 1u) + 4u) >> 1;
        place.first_row = (int32_t)(y * stride) - (int32_t)p->pad_top;
        memset(place.words, 0, 4u * place.count * place.pitch);
        for (uint32_t c = 0; c < channels; c += 4u) {
            if (c + 4u > channels)
                c = channels - 4u;
            mn_depthwise_transpose_band(p, &place, in, c);
            for (uint32_t i = c; i < c + 4u; i++) {
                d.lines = place.words + (i - c);
                d.out = out + (size_t)y * row_bytes + i;
                mn_depthwise_read_head(p, &d.head, i);
                mn_depthwise3x3_pairs(d.pairs, p->weights + 9u * i, stride);
                if (stride == 1u)
                    mn_depthwise3x3_plane1(&d);
                else
                    mn_depthwise3x3_plane2(&d);
            }
        }
    }
    mn_clamp_s8(out, (size_t)p->out_height * row_bytes, p->out_min, p->out_max);
}
