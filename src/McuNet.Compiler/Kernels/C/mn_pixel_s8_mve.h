/*
 * Inner product of one pixel, `taps` contiguous inputs, with all output channels, four at a time.
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

MN_SHARED void mn_pixel_s8_mve(const int8_t *w, const int32_t *bias, const float *scale, uint32_t channels, uint32_t taps,
    int32_t zero, int32_t low, int32_t high, const int8_t *pixel, int8_t *out)
{
    const uint32_t rest = taps & 15u;
    const mve_pred16_t tail = vctp8q(rest);
    uint32_t n;
    for (; channels >= 4u; channels -= 4u) {
        const int8_t *x = pixel;
        int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;
        for (n = taps >> 4; n != 0u; n--) {
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
            w += 4u * rest;
        }
        const int32x4_t sums = { a0, a1, a2, a3 };
        mn_requantize_mve(out, vaddq_s32(sums, vldrwq_s32(bias)), vldrwq_f32(scale), zero, low, high, 0xffffu);
        out += 4, bias += 4, scale += 4;
    }
    for (; channels != 0u; channels--) {
        *out++ = (int8_t)mn_requantize(*bias++ + mn_dot_s8_mve(pixel, w, taps), *scale, zero, low, high);
        scale++;
        w += taps;
    }
}
