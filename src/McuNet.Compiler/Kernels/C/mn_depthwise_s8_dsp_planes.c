/*
 * Depthwise over a block of rows, kernels five or seven columns wide, column stride 1 or 2, no dilation, at least four channels:
 * mn_depthwise_planes.h.
 *
 * Four outputs of a row at a time; each word of a line serves two kernel rows. Rows that begin in the middle of a line take weights that are
 * paired one row later. Lines that lie in the padding are left out. At stride 2 the columns of even number come first in each line.
 *
 * stream, per channel: start, m, then bytes: c in 16 bits, the weights row by row (at stride 2 even columns of a row first), padding to a word.
 * Scratch: `channels` rounded up to 4; per line 24 bytes, 48 at stride 2; 16 bytes per output row of the band; the paired weights of a
 * channel, 4 bytes each; lines * columns * 16 bytes, columns rounded up to 2 at stride 2. Output may not overlap the input.
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

/*
 * s0 lines  s1 weights  s2 row  s3 end of rows  s4 start  s5 m  s6 c  s7 out  s8 to the next line  s9 to the odd columns  s10 out, column to
 * column  s11 columns  s12 line of the block  s13 out of the block  s14 columns left  s16 scale  s17, s18 weights of the row and their end
 */
#define MN_DWK_KERNEL(name, four, two) \
    MN_SHARED void name(const mn_depthwise_plane *d) \
    { \
        register const mn_depthwise_plane *r0 __asm("r0") = d; \
        __asm volatile( \
            "push {r4-r11, lr}\n" \
            "ldm r0, {r1-r12}\n" \
            "vmov s0, r1\n vmov s1, r2\n vmov s2, r3\n vmov s3, r4\n vmov s4, r5\n vmov s5, r6\n vmov s6, r7\n vmov s7, r8\n vmov s8, r9\n" \
            "vmov s9, r10\n vmov s10, r11\n vmov s11, r12\n bic r6, r6, #0x80000000\n vmov s16, r6\n" \
            "1:\n" \
            "vmov r0, s2\n ldm r0!, {r1-r4}\n vmov s2, r0\n" \
            "vmov r5, s0\n add r1, r1, r5\n vmov s12, r1\n vmov r5, s1\n add r2, r2, r5\n add r3, r3, r5\n vmov s17, r2\n vmov s18, r3\n" \
            "vmov r5, s7\n add r4, r4, r5\n vmov s13, r4\n vmov.f32 s14, s11\n" \
            "2:\n" \
            "vmov r0, s12\n vmov r1, s17\n vmov r11, s18\n vmov r2, s4\n vmov r6, s14\n mov r3, r2\n cmp r6, #2\n ble.w 5f\n" \
            "mov r4, r2\n mov r5, r2\n" \
            "3:\n" four "cmp r1, r11\n bne.w 3b\n" \
            "vmov r6, s5\n vmov r7, s6\n cmp r6, #0\n blt 8f\n" \
            "smmla r2, r2, r6, r7\n smmla r3, r3, r6, r7\n smmla r4, r4, r6, r7\n smmla r5, r5, r6, r7\n" \
            "ssat r2, #8, r2, asr #1\n ssat r3, #8, r3, asr #1\n ssat r4, #8, r4, asr #1\n ssat r5, #8, r5, asr #1\n" \
            "4:\n" \
            "vmov r8, s13\n vmov r9, s10\n vmov r10, s14\n" \
            "strb r2, [r8]\n strb r3, [r8, r9]\n add r8, r8, r9, lsl #1\n strb r4, [r8]\n subs r10, r10, #4\n it ge\n strbge r5, [r8, r9]\n" \
            "add r8, r8, r9, lsl #1\n vmov s13, r8\n vmov s14, r10\n" \
            "vmov r0, s12\n add r0, r0, #64\n vmov s12, r0\n bgt.w 2b\n b.w 7f\n" \
            "8:\n" MN_DWK_FLOAT("r2") MN_DWK_FLOAT("r3") MN_DWK_FLOAT("r4") MN_DWK_FLOAT("r5") "b.w 4b\n" \
            "5:\n" two "cmp r1, r11\n bne.w 5b\n" \
            "vmov r6, s5\n vmov r7, s6\n cmp r6, #0\n blt 9f\n" \
            "smmla r2, r2, r6, r7\n smmla r3, r3, r6, r7\n ssat r2, #8, r2, asr #1\n ssat r3, #8, r3, asr #1\n" \
            "6:\n" \
            "vmov r8, s13\n vmov r9, s10\n vmov r10, s14\n strb r2, [r8]\n cmp r10, #2\n it ge\n strbge r3, [r8, r9]\n" \
            "7:\n" \
            "vmov r0, s2\n vmov r1, s3\n cmp r0, r1\n bne.w 1b\n b 0f\n" \
            "9:\n" MN_DWK_FLOAT("r2") MN_DWK_FLOAT("r3") "b.w 6b\n" \
            "0:\n" \
            "pop {r4-r11, lr}\n" \
            : "+r"(r0) \
            : \
            : "r1", "r2", "r3", "r12", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", \
              "s16", "s17", "s18", "cc", "memory"); \
    }

MN_DWK_KERNEL(mn_depthwise_plane5, MN_DWK_Q2 MN_DWK_Q4 MN_DWK_Q5 MN_DWK_STEP("5", "s8"), MN_DWK_P2 MN_DWK_P4 MN_DWK_P5 MN_DWK_STEP("5", "s8"))
MN_DWK_KERNEL(mn_depthwise_plane7, MN_DWK_Q2 MN_DWK_Q4 MN_DWK_Q6 MN_DWK_Q7 MN_DWK_STEP("7", "s8"),
              MN_DWK_P2 MN_DWK_P4 MN_DWK_P6 MN_DWK_P7 MN_DWK_STEP("7", "s8"))
MN_DWK_KERNEL(mn_depthwise_plane5by2, MN_DWK_Q2 MN_DWK_Q3 MN_DWK_STEP("3", "s9") MN_DWK_Q2 MN_DWK_STEP("2", "s8"),
              MN_DWK_P2 MN_DWK_P3 MN_DWK_STEP("3", "s9") MN_DWK_P2 MN_DWK_STEP("2", "s8"))
MN_DWK_KERNEL(mn_depthwise_plane7by2, MN_DWK_Q2 MN_DWK_Q4 MN_DWK_STEP("4", "s9") MN_DWK_Q2 MN_DWK_Q3 MN_DWK_STEP("3", "s8"),
              MN_DWK_P2 MN_DWK_P4 MN_DWK_STEP("4", "s9") MN_DWK_P2 MN_DWK_P3 MN_DWK_STEP("3", "s8"))

MN_INLINE void mn_depthwise_plane_channel(const mn_depthwise_plane *d)
{
    if (d->half == 0u) {
        if (d->width == 5u)
            mn_depthwise_plane5(d);
        else
            mn_depthwise_plane7(d);
    } else if (d->width == 5u)
        mn_depthwise_plane5by2(d);
    else
        mn_depthwise_plane7by2(d);
}

MN_INLINE uint32_t mn_even_bytes(uint32_t word)
{
    __asm("sxtb16 %0, %1" : "=r"(word) : "r"(word));
    return word;
}

MN_INLINE uint32_t mn_odd_bytes(uint32_t word)
{
    __asm("sxtb16 %0, %1, ror #8" : "=r"(word) : "r"(word));
    return word;
}

#else

/* One channel in plain C. */
MN_INLINE void mn_depthwise_plane_channel(const mn_depthwise_plane *d)
{
    const uint32_t evens = d->half != 0u ? (d->width + 1u) >> 1 : d->width;
    for (const mn_depthwise_row *row = d->rows; row < d->rows_end; row++)
        for (uint32_t x = 0; x < d->columns; x++) {
            const uint32_t *line = d->lines + (row->line >> 2) + 4u * x;
            uint32_t acc = d->start;
            for (uint32_t w = row->weights >> 2; w < row->weights_end >> 2; w += d->width, line += d->pitch)
                for (uint32_t k = 0; k < d->width; k++)
                    acc += (uint32_t)mn_dual_product(k < evens ? line[4u * k] : line[(d->half >> 2) + 4u * (k - evens)], d->weights[w + k]);
            d->out[row->out + x * d->out_column] = mn_depthwise_output((int32_t)acc, d->m, d->c);
        }
}

MN_INLINE uint32_t mn_even_bytes(uint32_t word)
{
    return mn_depthwise_taps(word);
}

MN_INLINE uint32_t mn_odd_bytes(uint32_t word)
{
    return mn_depthwise_taps(word >> 8);
}

#endif

/* Pairs four weights of row a with the four of row b. */
MN_INLINE void mn_depthwise_pair4(uint32_t *to, const int8_t *a, const int8_t *b)
{
    uint32_t low, high;
    memcpy(&low, a, 4);
    memcpy(&high, b, 4);
    const uint32_t a0 = mn_even_bytes(low), a1 = mn_odd_bytes(low), b0 = mn_even_bytes(high), b1 = mn_odd_bytes(high);
    to[0] = (a0 & 0xffffu) | b0 << 16;
    to[1] = (a1 & 0xffffu) | b1 << 16;
    to[2] = a0 >> 16 | (b0 & 0xffff0000u);
    to[3] = a1 >> 16 | (b1 & 0xffff0000u);
}

/* The weights of a channel, rows 0 and 1 together and so on, and where rows begin within lines again with row 0 alone first. */
MN_INLINE void mn_depthwise_pair_weights(uint32_t *to, const int8_t *w, uint32_t height, uint32_t width, uint32_t both)
{
    static const int8_t zeros[8];
    for (uint32_t shift = 0; shift <= both; shift++)
        for (uint32_t r = 0; r < height + shift; r += 2u, to += width) {
            const int8_t *a = r < shift ? zeros : w + (r - shift) * width, *b = r + 1u - shift < height ? w + (r + 1u - shift) * width : zeros;
            mn_depthwise_pair4(to, a, b);
            mn_depthwise_pair4(to + width - 4u, a + width - 4u, b + width - 4u);
        }
}

/* Lines and weights of each output row of a band, without lines of padding. */
MN_INLINE mn_depthwise_row *mn_depthwise_list_rows(const mn_depthwise_planes *p, const mn_depthwise_band *band, mn_depthwise_row *row, int32_t first_row,
                                                   uint32_t rows, uint32_t out_row)
{
    const uint32_t height = p->kernel_height, paired = 4u * p->kernel_width * ((height + 1u) >> 1);
    const uint32_t begin = first_row < 0 ? (uint32_t)-first_row >> 1 : 0u, end = (uint32_t)((int32_t)p->in_height - first_row + 1) >> 1;
    for (uint32_t y = 0; y < rows; y++, row++) {
        const uint32_t top = y * p->stride_height, line = top >> 1, shift = top & 1u, last = line + ((height + shift + 1u) >> 1);
        uint32_t from = line > begin ? line : begin, to = last < end ? last : end;
        if (from >= to)
            from = line, to = line + 1u;
        row->line = 4u * from * band->pitch;
        row->weights = shift * paired + 4u * p->kernel_width * (from - line);
        row->weights_end = row->weights + 4u * p->kernel_width * (to - from);
        row->out = y * out_row;
    }
    return row;
}

static void mn_depthwise_s8_dsp_planes(const mn_depthwise_planes *p, const int8_t *in, uint32_t in_slots, int8_t *out, uint32_t out_slots,
                                       uint32_t first, uint32_t count, void *scratch)
{
    const uint32_t end = p->swapped != 0u ? p->out_height : first + count, run_slots = p->swapped != 0u ? p->out_height : out_slots;
    const uint32_t channels = p->channels, height = p->kernel_height, width = p->kernel_width, stride = p->stride;
    const uint32_t reach = stride * (((p->out_width + 1u) & ~1u) - 1u) + width, filled = (uint32_t)p->pad_left + p->in_width;
    const uint32_t columns = ((reach > filled ? reach : filled) + stride - 1u) / stride * stride, both = p->stride_height & 1u;
    const uint32_t out_row = p->swapped != 0u ? channels : (uint32_t)p->out_width * channels, record = 2u + ((height * width + 5u) >> 2);
    const uint32_t paired = width * (((height + 1u) >> 1) + (both != 0u ? (height + 2u) >> 1 : 0u));
    int8_t *padding = (int8_t *)scratch;
    mn_depthwise_plane d;
    mn_depthwise_band band;
    memset(padding, p->in_zero, channels);
    band.in = in;
    band.padding = padding;
    band.zero = mn_pair(-p->in_zero, -p->in_zero);
    band.pitch = 4u * columns;
    band.half = stride == 2u ? 2u * columns : 0u;
    band.slots = p->swapped != 0u ? p->in_height : in_slots;
    band.list = (mn_depthwise_line *)(void *)(padding + ((channels + 3u) & ~3u));
    d.half = 4u * band.half;
    d.next = 4u * (band.pitch - band.half);
    d.pitch = band.pitch;
    d.out_column = p->swapped != 0u ? (uint32_t)p->out_height * channels : channels;
    d.columns = p->out_width;
    d.width = width;
    for (uint32_t y = first, rows; y < end; y += rows) {
        rows = mn_depthwise_band_rows(p, y, end, run_slots);
        const int32_t first_row = (int32_t)(y * p->stride_height) - (int32_t)p->pad_top;
        band.count = ((rows - 1u) * p->stride_height + height + 1u) >> 1;
        mn_depthwise_row *list = (mn_depthwise_row *)(void *)(band.list + stride * band.count);
        d.rows = list;
        d.rows_end = mn_depthwise_list_rows(p, &band, list, first_row, rows, out_row);
        uint32_t *weights = (uint32_t *)(void *)(list + rows);
        d.weights = weights;
        band.words = weights + paired;
        mn_depthwise_begin_band(p, &band, first_row);
        for (uint32_t c = 0; c < channels; c += 4u) {
            if (c + 4u > channels)
                c = channels - 4u;
            mn_depthwise_transpose_band(&band, c);
            for (uint32_t i = c; i < c + 4u; i++) {
                const uint32_t *stream = p->stream + record * i;
                d.start = stream[0];
                d.m = stream[1];
                d.c = (uint32_t)(int32_t)(int16_t)(uint16_t)stream[2];
                d.lines = band.words + (i - c);
                d.out = out + (size_t)mn_depthwise_slot(y, run_slots) * out_row + i;
                mn_depthwise_pair_weights(weights, (const int8_t *)(stream + 2) + 2, height, width, both);
                mn_depthwise_plane_channel(&d);
            }
        }
    }
    mn_depthwise_clamp_rows(p, out, out_slots, first, count);
}
