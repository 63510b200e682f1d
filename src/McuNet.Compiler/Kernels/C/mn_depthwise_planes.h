/*
 * Depthwise convolution of whole layers: parameter block and transposition. The input lies in one piece, all rows.
 *
 * `band` output rows are computed at a time. Four channels at a time are transposed into scratch: lines of words (row 2l, row 2l + 1) of
 * the padded band, less the input zero point, so that padding is zero; per line and column one word for each of the four channels.
 *
 * weights: [channel][kernel_height * kernel_width]. start, multiplier, offset: per channel, with the input zero point not folded in; see
 * mn_depthwise_dsp.h for requantisation.
 */
typedef struct {
    const int8_t *weights;
    const int32_t *start;
    const uint32_t *multiplier;
    const int16_t *offset;
    uint16_t in_height;
    uint16_t in_width;
    uint16_t channels;
    uint16_t out_height;
    uint16_t out_width;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride_height;
    uint16_t stride;
    uint16_t pad_top;
    uint16_t pad_left;
    uint16_t band;
    int16_t in_zero;
    int16_t out_min;
    int16_t out_max;
} mn_depthwise_planes;

/* Two rows of a line: first column, bytes from column to column, first word of the result. */
typedef struct {
    const int8_t *a;
    const int8_t *b;
    uint32_t a_step;
    uint32_t b_step;
    uint32_t *to;
    uint32_t columns;
    uint32_t zero;
} mn_depthwise_rows;

MN_INLINE uint32_t mn_pair(int32_t low, int32_t high)
{
    return ((uint32_t)low & 0xffffu) | (uint32_t)high << 16;
}

#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)

/* Four channels of one column, rows in `a` and `b`: four words from [to, #at]. */
#define MN_PLANE_COLUMN(a, b, o0, o1, o2, o3) \
    "pkhbt r10, " a ", " b ", lsl #16\n pkhtb " b ", " b ", " a ", asr #16\n" \
    "sxtab16 " a ", r7, r10\n sxtab16 r10, r7, r10, ror #8\n str " a ", [r5, #" o0 "]\n str r10, [r5, #" o1 "]\n" \
    "sxtab16 " a ", r7, " b "\n sxtab16 " b ", r7, " b ", ror #8\n str " a ", [r5, #" o2 "]\n str " b ", [r5, #" o3 "]\n"

/* Transposes r->columns columns of four channels. */
MN_SHARED void mn_depthwise_transpose_rows(const mn_depthwise_rows *r)
{
    register const mn_depthwise_rows *r0 __asm("r0") = r;
    __asm volatile(
        "push {r4-r11, lr}\n"
        "ldm r0, {r1-r7}\n"
        "lsrs r0, r6, #1\n beq 2f\n"
        "1:\n"
        "ldr r8, [r1]\n ldr r9, [r2]\n ldr r11, [r1, r3]\n ldr r12, [r2, r4]\n"
        "add r1, r1, r3, lsl #1\n add r2, r2, r4, lsl #1\n"
        MN_PLANE_COLUMN("r8", "r9", "0", "4", "8", "12")
        MN_PLANE_COLUMN("r11", "r12", "16", "20", "24", "28")
        "add r5, r5, #32\n subs r0, r0, #1\n bne 1b\n"
        "2: tst r6, #1\n beq 3f\n"
        "ldr r8, [r1]\n ldr r9, [r2]\n"
        MN_PLANE_COLUMN("r8", "r9", "0", "4", "8", "12")
        "3:\n"
        "pop {r4-r11, lr}\n"
        : "+r"(r0) : : "r1", "r2", "r3", "r12", "cc", "memory");
}

#else

MN_SHARED void mn_depthwise_transpose_rows(const mn_depthwise_rows *r)
{
    const int8_t *a = r->a, *b = r->b;
    const int32_t zero = (int16_t)(uint16_t)r->zero;
    for (uint32_t i = 0; i < r->columns; i++, a += r->a_step, b += r->b_step) {
        uint32_t *to = r->to + 4u * i;
        to[0] = mn_pair(a[0] + zero, b[0] + zero);
        to[1] = mn_pair(a[1] + zero, b[1] + zero);
        to[2] = mn_pair(a[2] + zero, b[2] + zero);
        to[3] = mn_pair(a[3] + zero, b[3] + zero);
    }
}

#endif

/* Where lines lie in scratch: `pitch` words from line to line; columns of odd number behind those of even number where `half` is not 0. */
typedef struct {
    uint32_t *words;
    uint32_t count;
    uint32_t pitch;
    uint32_t half;
    int32_t first_row;
} mn_depthwise_lines_place;

/* Transposes four channels of all rows of a band; rows outside the input stay as they are, zero. */
MN_INLINE void mn_depthwise_transpose_band(const mn_depthwise_planes *p, const mn_depthwise_lines_place *place, const int8_t *in, uint32_t channel)
{
    const uint32_t channels = p->channels, row_bytes = (uint32_t)p->in_width * channels;
    const uint32_t zeros = ((uint32_t)p->in_zero & 0xffu) * 0x01010101u;
    const uint32_t splits = place->half != 0u ? 2u : 1u;
    mn_depthwise_rows r;
    r.zero = mn_pair(-p->in_zero, -p->in_zero);
    for (uint32_t l = 0; l < place->count; l++) {
        const int32_t row = place->first_row + 2 * (int32_t)l;
        const uint32_t has_a = (uint32_t)row < p->in_height, has_b = (uint32_t)(row + 1) < p->in_height;
        if ((has_a | has_b) == 0u)
            continue;
        for (uint32_t parity = 0; parity < splits; parity++) {
            const uint32_t column = p->pad_left + parity, skipped = parity * channels + channel;
            r.a = has_a ? in + (size_t)((uint32_t)row * row_bytes + skipped) : (const int8_t *)&zeros;
            r.b = has_b ? in + (size_t)((uint32_t)(row + 1) * row_bytes + skipped) : (const int8_t *)&zeros;
            r.a_step = has_a ? splits * channels : 0u;
            r.b_step = has_b ? splits * channels : 0u;
            r.columns = (p->in_width - parity + splits - 1u) / splits;
            r.to = place->words + l * place->pitch + (splits == 1u ? 4u * column : 4u * (column >> 1) + (column & 1u) * place->half);
            mn_depthwise_transpose_rows(&r);
        }
    }
}

/* Start, multiplier and offset of a channel. */
typedef struct {
    uint32_t start;
    uint32_t multiplier;
    uint32_t offset;
} mn_depthwise_head;

MN_INLINE void mn_depthwise_read_head(const mn_depthwise_planes *p, mn_depthwise_head *head, uint32_t channel)
{
    head->start = (uint32_t)p->start[channel];
    head->multiplier = p->multiplier[channel];
    head->offset = (uint32_t)(int32_t)p->offset[channel];
}
