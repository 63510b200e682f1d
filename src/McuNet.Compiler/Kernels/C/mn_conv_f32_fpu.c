/* Four pixels from `at` on, all with the same columns of the window inside; whole blocks of channels, and then those that are left. */
MN_INLINE void mn_conv_f32_four(const mn_real *p, const int8_t *const *rows, const mn_conv_f32_window *at, float *out)
{
    const uint32_t channels = p->out_channels, inputs = p->in_channels, whole = channels & ~3u;
    const size_t taps = (size_t)p->kernel_height * p->kernel_width * inputs, line = (size_t)p->kernel_width * inputs, begin = (size_t)at->columns.begin * inputs;
    const size_t next = (size_t)p->stride * inputs;
    const float *w = p->weights;
    mn_real_four four = mn_real_four_of(p);
    uint32_t c;
    four.offset = (uint32_t)(4u * at->offset);
    four.n = at->runs != 0u ? at->length : 0u;
    four.runs = at->runs != 0u ? at->runs : 1u;
    four.gap = (uint32_t)(4u * (at->step - at->length));
    four.skip = (uint32_t)(16u * (line - (size_t)at->runs * at->length));
    for (c = 0; c < whole; c += 4u, w += 4u * taps)
        mn_real_four_pixels(&four, rows, p->kernel_height, w + 4u * begin, p->bias + c, out + c);
    for (c = whole; c < channels; c++, w += taps) {
        for (uint32_t i = 0; i < 4u; i++) {
            float sum = p->bias[c];
            for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
                if (rows[ky] == NULL)
                    continue;
                const float *x = (const float *)(const void *)rows[ky] + at->offset + i * next, *v = w + (ky * line + begin);
                for (uint32_t run = 0; run < at->runs; run++, x += at->step, v += at->length)
                    sum = mn_real_sum(sum, x, v, at->length);
            }
            out[i * channels + c] = mn_limit(sum, p->low, p->high);
        }
    }
}

/* As mn_conv_f32_portable, with the same results, four pixels at a time. */
MN_KERNEL void mn_conv_f32_fpu(const mn_real *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1)
{
    out += (size_t)x0 * p->out_channels;
    while (x0 < x1) {
        const mn_conv_f32_window at = mn_conv_f32_at(p, x0), after = mn_conv_f32_at(p, x0 + 1u), last = mn_conv_f32_at(p, x0 + 3u);
        uint32_t pixels = 1u;
        if (x0 + 4u <= x1 && mn_conv_f32_alike(&at, &last) != 0u) {
            mn_conv_f32_four(p, rows, &at, out);
            pixels = 4u;
        } else if (x0 + 2u <= x1 && mn_conv_f32_alike(&at, &after) != 0u) {
            mn_conv_f32_pixels(p, rows, &at, (size_t)p->stride * p->in_channels, out);
            pixels = 2u;
        } else {
            mn_conv_f32_pixels(p, rows, &at, 0u, out);
        }
        x0 += pixels;
        out += (size_t)pixels * p->out_channels;
    }
}
