/*
 * Inner products of `count` pixels, each `taps` contiguous inputs `step` bytes behind the one before, with all output channels, four
 * at a time. Weights of up to 16 taps stay in registers from pixel to pixel.
 * Weights: [channels / 4][taps / 16][4][16], each block followed by its last taps as [4][taps % 16]; then [channels % 4][taps].
 * Reads no byte beyond the inputs and the weights. Output may not overlap the inputs.
 */
MN_INLINE int32_t mn_dot_s8_mve(const int8_t *x, const int8_t *w, uint32_t taps)
{
    int32_t acc = 0;
    uint32_t n;
    for (n = taps >> 4; n != 0u; n--) {
        acc = vmladavaq_s8(acc, vldrbq_s8(x), vldrbq_s8(w));
        x += 16;
        w += 16;
    }
    if ((taps & 15u) != 0u) {
        const mve_pred16_t tail = vctp8q(taps & 15u);
        acc = vmladavaq_s8(acc, vldrbq_z_s8(x, tail), vldrbq_z_s8(w, tail));
    }
    return acc;
}

typedef struct {
    const int8_t *weights;
    const int32_t *bias;
    const float *scale;
    uint32_t channels;
    uint32_t taps;
    int32_t zero;
    int32_t low;
    int32_t high;
} mn_linear_mve;

/* Four channels of every pixel, taps <= 16. */
MN_SHARED void mn_short_pixels_s8_mve(const mn_linear_mve *p, const int8_t *w, const int8_t *in, size_t step, uint32_t count, uint32_t c, int8_t *out)
{
    const uint32_t taps = p->taps, channels = p->channels;
    const int32_t zero = p->zero, low = p->low, high = p->high;
    const mve_pred16_t lanes = vctp8q(taps);
    const int8x16_t w0 = vldrbq_z_s8(w, lanes), w1 = vldrbq_z_s8(w + taps, lanes);
    const int8x16_t w2 = vldrbq_z_s8(w + 2u * taps, lanes), w3 = vldrbq_z_s8(w + 3u * taps, lanes);
    const int32x4_t bias = vldrwq_s32(p->bias + c);
    const float32x4_t scale = vldrwq_f32(p->scale + c);
    for (; count != 0u; count--) {
        const int8x16_t x = vldrbq_z_s8(in, lanes);
        const int32x4_t sums = { vmladavq_s8(x, w0), vmladavq_s8(x, w1), vmladavq_s8(x, w2), vmladavq_s8(x, w3) };
        mn_requantize_mve(out, vaddq_s32(sums, bias), scale, zero, low, high);
        in += step;
        out += channels;
    }
}

/* Four channels of every pixel, any number of taps. */
MN_INLINE void mn_any_pixels_s8_mve(const mn_linear_mve *p, const int8_t *weights, const int8_t *in, size_t step, uint32_t count, uint32_t c, int8_t *out)
{
    const uint32_t chunks = p->taps >> 4, rest = p->taps & 15u, channels = p->channels;
    const int32_t zero = p->zero, low = p->low, high = p->high;
    const mve_pred16_t tail = vctp8q(rest);
    uint32_t n;
    for (; count != 0u; count--) {
        const int8_t *x = in, *w = weights;
        int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;
        for (n = chunks; n != 0u; n--) {
            const int8x16_t v = vldrbq_s8(x);
            a0 = vmladavaq_s8(a0, v, vldrbq_s8(w));
            a1 = vmladavaq_s8(a1, v, vldrbq_s8(w + 16));
            a2 = vmladavaq_s8(a2, v, vldrbq_s8(w + 32));
            a3 = vmladavaq_s8(a3, v, vldrbq_s8(w + 48));
            x += 16;
            w += 64;
        }
        if (rest != 0u) {
            const int8x16_t v = vldrbq_z_s8(x, tail);
            a0 = vmladavaq_s8(a0, v, vldrbq_z_s8(w, tail));
            a1 = vmladavaq_s8(a1, v, vldrbq_z_s8(w + rest, tail));
            a2 = vmladavaq_s8(a2, v, vldrbq_z_s8(w + 2u * rest, tail));
            a3 = vmladavaq_s8(a3, v, vldrbq_z_s8(w + 3u * rest, tail));
        }
        const int32x4_t sums = { a0, a1, a2, a3 };
        mn_requantize_mve(out, vaddq_s32(sums, vldrwq_s32(p->bias + c)), vldrwq_f32(p->scale + c), zero, low, high);
        in += step;
        out += channels;
    }
}

MN_SHARED void mn_long_pixels_s8_mve(const mn_linear_mve *p, const int8_t *w, const int8_t *in, size_t step, uint32_t count, uint32_t c, int8_t *out)
{
    mn_any_pixels_s8_mve(p, w, in, step, count, c, out);
}

/* The channels of every pixel that are no multiple of four. */
MN_SHARED void mn_rest_pixels_s8_mve(const mn_linear_mve *p, const int8_t *w, const int8_t *in, size_t step, uint32_t count, uint32_t c, int8_t *out)
{
    for (; c < p->channels; c++) {
        for (uint32_t n = 0; n < count; n++) {
            const int32_t acc = p->bias[c] + mn_dot_s8_mve(in + n * step, w, p->taps);
            out[n * p->channels + c] = (int8_t)mn_requantize(acc, p->scale[c], p->zero, p->low, p->high);
        }
        w += p->taps;
    }
}

MN_SHARED void mn_pixels_s8_mve(const mn_linear_mve *p, const int8_t *in, size_t step, uint32_t count, int8_t *out)
{
    const int8_t *w = p->weights;
    uint32_t c;
    for (c = 0; c + 4u <= p->channels; c += 4u) {
        if (p->taps <= 16u)
            mn_short_pixels_s8_mve(p, w, in, step, count, c, out + c);
        else
            mn_long_pixels_s8_mve(p, w, in, step, count, c, out + c);
        w += 4u * p->taps;
    }
    mn_rest_pixels_s8_mve(p, w, in, step, count, c, out);
}
