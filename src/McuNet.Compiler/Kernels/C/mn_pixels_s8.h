/*
 * Inner product of one or two pixels, each `taps` contiguous inputs, with all output channels.
 * Weights: pairs of channels interleaved tap by tap, [channels / 2][taps][2], then an odd last channel as [taps].
 * Output may not overlap the inputs. weight_zero is null for symmetric weights, else sum_a and sum_b are the sums of the inputs.
 */
MN_INLINE void mn_pixels2_any_s8(const mn_conv *p, const int8_t *a, const int8_t *b, uint32_t taps, int8_t *out, const int8_t *weight_zero,
    int32_t sum_a, int32_t sum_b)
{
    const uint32_t channels = p->out_channels;
    const int32_t zero = p->out_zero, low = p->out_min, high = p->out_max;
    const int8_t *w = p->weights;
    uint32_t c = 0, n;
    for (; c + 2u <= channels; c += 2u) {
        const int8_t *x = a, *y = b;
        int32_t a0 = p->bias[c], a1 = p->bias[c + 1u], b0 = a0, b1 = a1;
        for (n = taps >> 1; n != 0u; n--) {
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
        if ((taps & 1u) != 0u) {
            const int32_t w0 = w[0], w1 = w[1], x0 = x[0], y0 = y[0];
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
