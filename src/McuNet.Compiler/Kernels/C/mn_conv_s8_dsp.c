/*
 * Convolution with any window, two output pixels at a time: the inputs under the windows are widened into scratch, then all channels by
 * mn_dot. Taps in scratch: the whole quads of each kernel row's run of kernel_width * in_channels inputs, then what is left of all runs.
 * Scratch: 4 * taps + 8 bytes, and three runs, each rounded up to 4 bytes. Rows may lie anywhere, null is a padding row. Output may not
 * overlap the rows.
 */
#define MN_CONV_ROWS 12u

#if defined(__ARM_FEATURE_DSP) && defined(__ARM_FP) && defined(__GNUC__)

/*
 * Widens the runs of two pixels: pairs of source pointers at `sources`, `quads` whole quads and `rest` single inputs each, to x and tail.
 * Returns where the next tail input goes.
 */
MN_SHARED uint16_t *mn_conv_widen2(const int8_t *const *sources, uint32_t *x, uint16_t *tail, uint32_t runs, uint32_t quads, uint32_t rest)
{
    const uint32_t counts[3] = { runs, quads, rest };
    register const int8_t *const *r0 __asm("r0") = sources;
    register uint32_t *r1 __asm("r1") = x;
    register uint16_t *r2 __asm("r2") = tail;
    register const uint32_t *r3 __asm("r3") = counts;
    __asm volatile(
        "push {r4-r11, lr}\n"
        "mov r12, r2\n mov r2, r0\n mov r0, r1\n"
        "ldr lr, [r3]\n ldr r1, [r3, #4]\n ldr r3, [r3, #8]\n"
        "1:\n"
        "ldm r2!, {r4, r5}\n movs r6, r1\n beq 13f\n"
        MN_DOT2_WIDEN
        "movs r6, r3\n beq 4f\n"
        "3:\n"
        "ldrsb r7, [r4], #1\n ldrsb r8, [r5], #1\n strh r8, [r12, #4]\n strh r7, [r12], #2\n"
        "tst r12, #2\n it eq\n addeq r12, r12, #4\n"
        "subs r6, r6, #1\n bne 3b\n"
        "4: subs lr, lr, #1\n bne.w 1b\n"
        "mov r2, r12\n"
        "pop {r4-r11, lr}\n"
        : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
        :
        : "r12", "cc", "memory");
    return r2;
}

#else

MN_SHARED uint16_t *mn_conv_widen2(const int8_t *const *sources, uint32_t *x, uint16_t *tail, uint32_t runs, uint32_t quads, uint32_t rest)
{
    uint32_t half = 0;
    for (uint32_t r = 0; r < runs; r++, sources += 2, x += 4u * quads) {
        mn_widen2_s8(x, sources[0], quads);
        mn_widen2_s8(x + 1, sources[1], quads);
        for (uint32_t i = 0; i < rest; i++, half++) {
            tail[0] = (uint16_t)sources[0][4u * quads + i];
            tail[2] = (uint16_t)sources[1][4u * quads + i];
            tail += ((uintptr_t)tail & 2u) == 0u ? 1 : 3;
        }
    }
    return tail;
}

#endif

typedef struct {
    const int8_t *const *rows;
    int8_t *edge;
    const int8_t *padding;
    uint32_t run;
    uint32_t quads;
    uint32_t rest;
} mn_conv_window;

/* The run of inputs under a kernel row whose window begins at column `first`, clipped into `edge` where it leaves the input. */
MN_INLINE const int8_t *mn_conv_run(const mn_conv_dsp *p, const mn_conv_window *w, const int8_t *row, int32_t first, int8_t *edge)
{
    const size_t channels = p->in_channels;
    if (row == NULL)
        return w->padding;
    if (p->dilation == 1u && first >= 0 && first + (int32_t)p->kernel_width <= (int32_t)p->in_width)
        return row + (size_t)first * channels;
    for (uint32_t kx = 0; kx < p->kernel_width; kx++) {
        const int32_t column = first + (int32_t)(kx * p->dilation);
        const int8_t *from = column < 0 || column >= (int32_t)p->in_width ? w->padding : row + (size_t)column * channels;
        memcpy(edge + kx * channels, from, channels);
    }
    return edge;
}

/* Two neighbouring outputs from `column` on. */
MN_INLINE void mn_conv_widen_pair(const mn_conv_dsp *p, const mn_conv_window *w, uint32_t column, uint32_t *x)
{
    const int32_t first = (int32_t)(column * p->stride) - (int32_t)p->pad_left, second = first + (int32_t)p->stride;
    const uint32_t height = p->kernel_height;
    uint16_t *tail = (uint16_t *)(x + (size_t)height * w->quads * 4u);
    const int8_t *sources[2 * MN_CONV_ROWS];
    if (p->dilation == 1u && first >= 0 && second + (int32_t)p->kernel_width <= (int32_t)p->in_width) {
        const uint32_t offset = (uint32_t)first * p->in_channels, step = (uint32_t)p->stride * p->in_channels;
        for (uint32_t ky = 0; ky < height;) {
            uint32_t n = 0;
            for (; n < MN_CONV_ROWS && ky < height; n++, ky++) {
                const int8_t *row = w->rows[ky];
                sources[2u * n] = row == NULL ? w->padding : row + offset;
                sources[2u * n + 1u] = row == NULL ? w->padding : row + offset + step;
            }
            tail = mn_conv_widen2(sources, x, tail, n, w->quads, w->rest);
            x += (size_t)n * w->quads * 4u;
        }
        return;
    }
    for (uint32_t ky = 0; ky < height; ky++, x += 4u * w->quads) {
        sources[0] = mn_conv_run(p, w, w->rows[ky], first, w->edge);
        sources[1] = mn_conv_run(p, w, w->rows[ky], second, w->edge + ((w->run + 3u) & ~3u));
        tail = mn_conv_widen2(sources, x, tail, 1, w->quads, w->rest);
    }
}

/* The last output of an odd number. */
MN_INLINE void mn_conv_widen_single(const mn_conv_dsp *p, const mn_conv_window *w, uint32_t column, uint32_t *x)
{
    const int32_t first = (int32_t)(column * p->stride) - (int32_t)p->pad_left;
    uint16_t *tail = (uint16_t *)(x + (size_t)p->kernel_height * w->quads * 2u);
    for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
        const int8_t *from = mn_conv_run(p, w, w->rows[ky], first, w->edge);
        x = mn_widen1_s8(x, from, w->quads);
        for (uint32_t i = 0; i < w->rest; i++)
            *tail++ = (uint16_t)from[4u * w->quads + i];
    }
    while (((uintptr_t)tail & 7u) != ((uintptr_t)x & 7u))
        *tail++ = 0;
}

static void mn_conv_s8_dsp(const mn_conv_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->out_channels, run = (uint32_t)p->kernel_width * p->in_channels, rounded = (run + 3u) & ~3u;
    uint32_t *x = (uint32_t *)scratch;
    int8_t *spare = (int8_t *)(x + p->taps), *edge = spare + 8;
    int8_t *to = out + (size_t)x0 * channels;
    const mn_conv_window window = { rows, edge, edge + 2u * rounded, run, run >> 2, run & 3u };
    uint32_t column = x0;
    memset(edge + 2u * rounded, p->in_zero, run);
    for (uint32_t i = p->taps < 4u ? 0u : p->taps - 4u; i < p->taps; i++)
        x[i] = 0;
    for (; column + 2u <= x1; column += 2u, to += 2u * channels) {
        mn_conv_widen_pair(p, &window, column, x);
        mn_conv_pixels(p, x, 2, to, spare);
    }
    if (column < x1) {
        mn_conv_widen_single(p, &window, column, x);
        mn_conv_pixels(p, x, 1, to, spare);
    }
    mn_clamp_s8(out + (size_t)x0 * channels, (size_t)(x1 - x0) * channels, p->out_min, p->out_max);
}
