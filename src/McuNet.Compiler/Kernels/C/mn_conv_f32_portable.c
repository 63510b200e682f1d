/* Convolution with any window in float32, as in mn_conv_f32.h: two pixels at a time where the same columns of the window lie inside. */
MN_KERNEL void mn_conv_f32_portable(const mn_real *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1)
{
    out += (size_t)x0 * p->out_channels;
    while (x0 < x1) {
        const mn_conv_f32_window at = mn_conv_f32_at(p, x0), after = mn_conv_f32_at(p, x0 + 1u);
        const uint32_t pixels = x0 + 1u < x1 && mn_conv_f32_alike(&at, &after) != 0u ? 2u : 1u;
        if (pixels == 2u)
            mn_conv_f32_pixels(p, rows, &at, (size_t)p->stride * p->in_channels, out);
        else
            mn_conv_f32_pixels(p, rows, &at, 0u, out);
        x0 += pixels;
        out += (size_t)pixels * p->out_channels;
    }
}
