/*
 * Depthwise convolution of blocks of output rows, up to all of a layer: parameter block and transposition. Row y of the input lies in slot
 * y mod in_slots, row y of the output in slot y mod out_slots.
 *
 * At most `band` output rows are computed at a time. Four channels at a time are transposed into scratch: lines of words (row 2l, row 2l + 1)
 * of the padded band, less the input zero point, so that padding is zero; per line and column one word for each of the four channels.
 * With `swapped`, all rows and columns here are columns and rows of the tensors; the block is then the whole layer.
 *
 * stream, per channel: start value with the input zero point not folded in, m, then bytes, see the kernels; c as in mn_depthwise_dsp.h.
 */
typedef struct {
    const uint32_t *stream;
    uint16_t in_height;
    uint16_t in_width;
    uint16_t channels;
    uint16_t out_height;
    uint16_t out_width;
    uint16_t band;
    uint8_t kernel_height;
    uint8_t kernel_width;
    uint8_t stride_height;
    uint8_t stride;
    uint8_t pad_top;
    uint8_t pad_left;
    uint8_t swapped;
    int8_t in_zero;
    int8_t out_min;
    int8_t out_max;
} mn_depthwise_planes;

/* One line, or its columns of one parity. Bytes from the input to the first column of its two rows, or to a pixel of padding with step 0;
   bytes from column to column; bytes from the first line to the first word; number of columns. */
typedef struct {
    uint32_t a;
    uint32_t b;
    uint32_t a_step;
    uint32_t b_step;
    uint32_t to;
    uint32_t columns;
} mn_depthwise_line;

/* Scratch: a pixel of padding, the list of lines that hold input, the lines. `pitch` words from line to line. Input rows in `slots` slots. */
typedef struct {
    mn_depthwise_line *list;
    const mn_depthwise_line *list_end;
    uint32_t *words;
    const int8_t *in;
    const int8_t *padding;
    uint32_t count;
    uint32_t pitch;
    uint32_t half;
    uint32_t zero;
    uint32_t slots;
} mn_depthwise_band;

MN_INLINE uint32_t mn_pair(int32_t low, int32_t high)
{
    return ((uint32_t)low & 0xffffu) | (uint32_t)high << 16;
}

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

/* Four channels of one column, rows in `a` and `b`: four words from [r5, #o0]. */
#define MN_PLANE_COLUMN(a, b, o0, o1, o2, o3) \
    "pkhbt r10, " a ", " b ", lsl #16\n pkhtb " b ", " b ", " a ", asr #16\n" \
    "sxtab16 " a ", r7, r10\n sxtab16 r10, r7, r10, ror #8\n str " a ", [r5, #" o0 "]\n str r10, [r5, #" o1 "]\n" \
    "sxtab16 " a ", r7, " b "\n sxtab16 " b ", r7, " b ", ror #8\n str " a ", [r5, #" o2 "]\n str " b ", [r5, #" o3 "]\n"

_Static_assert(offsetof(mn_depthwise_line, a) == 0 && offsetof(mn_depthwise_line, b) == 4 && offsetof(mn_depthwise_line, a_step) == 8 &&
               offsetof(mn_depthwise_line, b_step) == 12 && offsetof(mn_depthwise_line, to) == 16 && offsetof(mn_depthwise_line, columns) == 20,
               "r1-r6 are loaded in this order");

/* Transposes four channels of all lines in the list. s0 end of the list  s1 words  s2 r7, which may be the frame pointer */
MN_SHARED void mn_depthwise_transpose_band(const mn_depthwise_band *band, uint32_t channel)
{
    register const mn_depthwise_band *d __asm("r0") = band;
    register const int8_t *in __asm("r1") = band->in + channel;
    __asm volatile(
        "vmov s2, r7\n mov lr, %[in]\n ldr r1, [%[d], %[list_end]]\n ldr r2, [%[d], %[words]]\n ldr r7, [%[d], %[zero]]\n ldr r0, [%[d], %[list]]\n"
        "vmov s0, r1\n vmov s1, r2\n"
        ".Lline%=:\n"
        "ldm r0!, {r1-r6}\n"
        "vmov r8, s1\n add r1, r1, lr\n add r2, r2, lr\n add r5, r5, r8\n"
        "tst r6, #1\n beq .Leven_columns%=\n"
        "ldr r8, [r1]\n ldr r9, [r2]\n add r1, r1, r3\n add r2, r2, r4\n"
        MN_PLANE_COLUMN("r8", "r9", "0", "4", "8", "12")
        "add r5, r5, #16\n"
        ".Leven_columns%=: lsrs r6, r6, #1\n beq .Lline_done%=\n"
        ".Ltwo_columns%=:\n"
        "ldr r8, [r1]\n ldr r9, [r2]\n ldr r11, [r1, r3]\n ldr r12, [r2, r4]\n"
        "add r1, r1, r3, lsl #1\n add r2, r2, r4, lsl #1\n"
        MN_PLANE_COLUMN("r8", "r9", "0", "4", "8", "12")
        MN_PLANE_COLUMN("r11", "r12", "16", "20", "24", "28")
        "add r5, r5, #32\n subs r6, r6, #1\n bne .Ltwo_columns%=\n"
        ".Lline_done%=: vmov r1, s0\n cmp r0, r1\n bne .Lline%=\n"
        "vmov r7, s2\n"
        : [d] "+r"(d), [in] "+r"(in)
        : [list] "i"(offsetof(mn_depthwise_band, list)), [list_end] "i"(offsetof(mn_depthwise_band, list_end)),
          [words] "i"(offsetof(mn_depthwise_band, words)), [zero] "i"(offsetof(mn_depthwise_band, zero))
        : "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "s0", "s1", "s2", "cc", "memory");
}

#else

MN_SHARED void mn_depthwise_transpose_band(const mn_depthwise_band *band, uint32_t channel)
{
    for (const mn_depthwise_line *line = band->list; line < band->list_end; line++)
        for (uint32_t i = 0; i < 4u * line->columns; i++) {
            const uint32_t column = i >> 2, c = channel + (i & 3u);
            const int8_t *a = line->a_step != 0u ? band->in + line->a + column * line->a_step : band->padding;
            const int8_t *b = line->b_step != 0u ? band->in + line->b + column * line->b_step : band->padding;
            band->words[(line->to >> 2) + i] = mn_pair(a[c] - *band->padding, b[c] - *band->padding);
        }
}

#endif

MN_INLINE uint32_t mn_depthwise_slot(uint32_t row, uint32_t slots)
{
    return row < slots ? row : row % slots;
}

/* How many of the output rows [y, end) are computed together: a band, as far as their slots lie one behind the other. */
MN_INLINE uint32_t mn_depthwise_band_rows(const mn_depthwise_planes *p, uint32_t y, uint32_t end, uint32_t out_slots)
{
    const uint32_t left = end - y, run = out_slots - mn_depthwise_slot(y, out_slots), rows = left < run ? left : run;
    return rows < p->band ? rows : p->band;
}

/* Clamps rows of the output where its range is narrower than int8, as many at a time as lie one behind the other. */
MN_SHARED void mn_depthwise_clamp_rows(const mn_depthwise_planes *p, int8_t *out, uint32_t out_slots, uint32_t first, uint32_t count)
{
    const uint32_t row_bytes = (uint32_t)p->channels * (p->swapped != 0u ? p->out_height : p->out_width);
    for (uint32_t slot = mn_depthwise_slot(first, out_slots), run; count != 0u; count -= run, slot = 0) {
        run = out_slots - slot < count ? out_slots - slot : count;
        mn_clamp_s8(out + slot * row_bytes, (size_t)run * row_bytes, p->out_min, p->out_max);
    }
}

/* The part of a line whose columns are `parity` modulo `splits`; rows that are not in the input are padding. */
MN_INLINE void mn_depthwise_set_line(const mn_depthwise_planes *p, const mn_depthwise_band *band, mn_depthwise_line *line, uint32_t splits,
                                     uint32_t l, uint32_t parity, int32_t row)
{
    const uint32_t row_bytes = p->swapped != 0u ? p->channels : (uint32_t)p->in_width * p->channels;
    const uint32_t step = p->swapped != 0u ? (uint32_t)p->in_height * p->channels : p->channels;
    const uint32_t has_a = (uint32_t)row < p->in_height, has_b = (uint32_t)(row + 1) < p->in_height;
    const uint32_t padding = (uint32_t)(uintptr_t)band->padding - (uint32_t)(uintptr_t)band->in, column = p->pad_left + parity;
    line->a = has_a ? mn_depthwise_slot((uint32_t)row, band->slots) * row_bytes + parity * step : padding;
    line->b = has_b ? mn_depthwise_slot((uint32_t)(row + 1), band->slots) * row_bytes + parity * step : padding;
    line->a_step = has_a ? splits * step : 0u;
    line->b_step = has_b ? splits * step : 0u;
    line->columns = (p->in_width - parity + splits - 1u) / splits;
    line->to = 4u * (l * band->pitch + (splits == 1u && band->half == 0u ? 4u * column : 4u * (column >> 1) + (column & 1u) * band->half));
}

/* Lists the lines of a band that hold input and clears all. The list has room for a line, or two with `half`, for each. */
MN_SHARED void mn_depthwise_begin_band(const mn_depthwise_planes *p, mn_depthwise_band *band, int32_t first_row)
{
    const uint32_t splits = band->half != 0u && p->in_width > 1u ? 2u : 1u;
    mn_depthwise_line *line = band->list;
    memset(band->words, 0, 4u * band->count * band->pitch);
    for (uint32_t l = 0; l < band->count; l++) {
        const int32_t row = first_row + 2 * (int32_t)l;
        if (row + 1 < 0 || row >= (int32_t)p->in_height)
            continue;
        for (uint32_t parity = 0; parity < splits; parity++)
            mn_depthwise_set_line(p, band, line++, splits, l, parity, row);
    }
    band->list_end = line;
}
