/*
 * Inner product of one or two pixels, each `taps` contiguous inputs, with all output channels.
 * Weights: pairs of channels interleaved tap by tap, [channels / 2][taps][2], then an odd last channel as [taps].
 * Output may not overlap the inputs. weight_zero is null for symmetric weights, else sum_a and sum_b are the sums of the inputs.
 */
/* Sums of two pixels a, b by two channels; inputs of the pixels, weights, taps. */
typedef struct {
    int32_t a0;
    int32_t a1;
    int32_t b0;
    int32_t b1;
    const int8_t *a;
    const int8_t *b;
    const int8_t *w;
    uint32_t taps;
} mn_pixels2_sums;

/* Adds the products of an even number of taps, at least two. */
#if defined(__ARM_ARCH_6M__) && defined(__GNUC__)

/* Sums in high registers, one index for both pixels: 16 instructions for four products. */
#define MN_PIXELS2_TAP(first, second) \
    "ldrsb r4, [r1, r0]\n ldrsb r5, [r2, r0]\n movs r6, #" first "\n ldrsb r6, [r3, r6]\n" \
    "movs r7, r4\n muls r7, r6\n add r8, r7\n muls r6, r5\n add r10, r6\n" \
    "movs r6, #" second "\n ldrsb r6, [r3, r6]\n muls r4, r6\n add r9, r4\n muls r5, r6\n add r11, r5\n"

_Static_assert(offsetof(mn_pixels2_sums, a0) == 0 && offsetof(mn_pixels2_sums, a1) == 4 && offsetof(mn_pixels2_sums, b0) == 8 &&
               offsetof(mn_pixels2_sums, b1) == 12 && offsetof(mn_pixels2_sums, a) == 16 && offsetof(mn_pixels2_sums, b) == 20 &&
               offsetof(mn_pixels2_sums, w) == 24 && offsetof(mn_pixels2_sums, taps) == 28, "r8-r11 and r1-r4 are loaded in this order");

/* r0 counts up to 0 from where the inputs begin; r12 holds the sums, lr r7, which may be the frame pointer. */
MN_INLINE void mn_pixels2_taps(mn_pixels2_sums *sums)
{
    register mn_pixels2_sums *r0 __asm("r0") = sums;
    __asm volatile(
        ".syntax unified\n mov lr, r7\n mov r12, %[sums]\n ldm %[sums]!, {r3-r6}\n mov r8, r3\n mov r9, r4\n mov r10, r5\n mov r11, r6\n"
        "ldm %[sums]!, {r1-r4}\n adds r1, r1, r4\n adds r2, r2, r4\n rsbs r0, r4, #0\n"
        ".Ltaps%=:\n" MN_PIXELS2_TAP("0", "1") "adds r0, #1\n" MN_PIXELS2_TAP("2", "3") "adds r3, #4\n adds r0, #1\n bne .Ltaps%=\n"
        "mov r0, r12\n mov r3, r8\n mov r4, r9\n mov r5, r10\n mov r6, r11\n stm r0!, {r3-r6}\n mov r7, lr\n"
        : [sums] "+r"(r0)
        :
        : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
}

#else

MN_INLINE void mn_pixels2_taps(mn_pixels2_sums *sums)
{
    const int8_t *x = sums->a, *y = sums->b, *w = sums->w;
    int32_t a0 = sums->a0, a1 = sums->a1, b0 = sums->b0, b1 = sums->b1;
    for (uint32_t n = sums->taps >> 1; n != 0u; n--) {
        int32_t w0 = w[0], w1 = w[1], x0 = x[0], y0 = y[0];
        a0 += x0 * w0;
        a1 += x0 * w1;
        b0 += y0 * w0;
        b1 += y0 * w1;
        w0 = w[2], w1 = w[3], x0 = x[1], y0 = y[1];
        a0 += x0 * w0;
        a1 += x0 * w1;
        b0 += y0 * w0;
        b1 += y0 * w1;
        w += 4, x += 2, y += 2;
    }
    sums->a0 = a0;
    sums->a1 = a1;
    sums->b0 = b0;
    sums->b1 = b1;
}

#endif

MN_INLINE void mn_pixels2_any_s8(const mn_conv *p, const int8_t *a, const int8_t *b, uint32_t taps, int8_t *out, const int8_t *weight_zero,
    int32_t sum_a, int32_t sum_b)
{
    const uint32_t channels = p->out_channels;
    const int32_t zero = p->out_zero, low = p->out_min, high = p->out_max;
    const uint32_t even = taps & ~1u;
    const int8_t *w = p->weights;
    uint32_t c = 0, n;
    for (; c + 2u <= channels; c += 2u) {
        const int32_t bias0 = p->bias[c], bias1 = p->bias[c + 1u];
        mn_pixels2_sums sums = { bias0, bias1, bias0, bias1, a, b, w, even };
        if (even != 0u)
            mn_pixels2_taps(&sums);
        w += 2u * even;
        int32_t a0 = sums.a0, a1 = sums.a1, b0 = sums.b0, b1 = sums.b1;
        if ((taps & 1u) != 0u) {
            const int32_t w0 = w[0], w1 = w[1], x0 = a[even], y0 = b[even];
            a0 += x0 * w0;
            a1 += x0 * w1;
            b0 += y0 * w0;
            b1 += y0 * w1;
            w += 2;
        }
        if (weight_zero != NULL) {
            a0 -= weight_zero[c] * sum_a;
            a1 -= weight_zero[c + 1u] * sum_a;
            b0 -= weight_zero[c] * sum_b;
            b1 -= weight_zero[c + 1u] * sum_b;
        }
        out[c] = (int8_t)mn_requantize(a0, p->scale[c], zero, low, high);
        out[c + 1u] = (int8_t)mn_requantize(a1, p->scale[c + 1u], zero, low, high);
        out[channels + c] = (int8_t)mn_requantize(b0, p->scale[c], zero, low, high);
        out[channels + c + 1u] = (int8_t)mn_requantize(b1, p->scale[c + 1u], zero, low, high);
    }
    if (c < channels) {
        int32_t a0 = p->bias[c], b0 = a0;
        for (n = 0; n < taps; n++) {
            a0 += a[n] * w[n];
            b0 += b[n] * w[n];
        }
        if (weight_zero != NULL) {
            a0 -= weight_zero[c] * sum_a;
            b0 -= weight_zero[c] * sum_b;
        }
        out[c] = (int8_t)mn_requantize(a0, p->scale[c], zero, low, high);
        out[channels + c] = (int8_t)mn_requantize(b0, p->scale[c], zero, low, high);
    }
}

MN_INLINE void mn_pixel1_any_s8(const mn_conv *p, const int8_t *a, uint32_t taps, int8_t *out, const int8_t *weight_zero, int32_t sum_a)
{
    const uint32_t channels = p->out_channels;
    const int32_t zero = p->out_zero, low = p->out_min, high = p->out_max;
    const int8_t *w = p->weights;
    uint32_t c = 0, n;
    for (; c + 2u <= channels; c += 2u) {
        int32_t a0 = p->bias[c], a1 = p->bias[c + 1u];
        for (n = 0; n < taps; n++) {
            const int32_t x0 = a[n];
            a0 += x0 * w[0];
            a1 += x0 * w[1];
            w += 2;
        }
        if (weight_zero != NULL) {
            a0 -= weight_zero[c] * sum_a;
            a1 -= weight_zero[c + 1u] * sum_a;
        }
        out[c] = (int8_t)mn_requantize(a0, p->scale[c], zero, low, high);
        out[c + 1u] = (int8_t)mn_requantize(a1, p->scale[c + 1u], zero, low, high);
    }
    if (c < channels) {
        int32_t a0 = p->bias[c];
        for (n = 0; n < taps; n++)
            a0 += a[n] * w[n];
        if (weight_zero != NULL)
            a0 -= weight_zero[c] * sum_a;
        out[c] = (int8_t)mn_requantize(a0, p->scale[c], zero, low, high);
    }
}

/* Kept out of line: inlined into a loop over pixels, the inner loops lose their registers. */
MN_SHARED void mn_pixels2_s8(const mn_conv *p, const int8_t *a, const int8_t *b, uint32_t taps, int8_t *out)
{
    mn_pixels2_any_s8(p, a, b, taps, out, NULL, 0, 0);
}

MN_SHARED void mn_pixel1_s8(const mn_conv *p, const int8_t *a, uint32_t taps, int8_t *out)
{
    mn_pixel1_any_s8(p, a, taps, out, NULL, 0);
}
