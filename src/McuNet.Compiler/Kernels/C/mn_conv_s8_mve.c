/*
 * Convolution with any window: four output pixels at a time, inputs gathered into scratch (4 * taps bytes). Weights as in
 * mn_pixel_s8_mve.h. Rows may lie anywhere, null is a padding row; output may not overlap the rows.
 */
MN_KERNEL void mn_conv_s8_mve(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t taps = (uint32_t)p->kernel_height * p->kernel_width * p->in_channels;
    const mn_linear_mve linear = { p->weights, p->bias, p->scale, p->out_channels, taps, p->out_zero, p->out_min, p->out_max };
    int8_t *patches = (int8_t *)scratch;
    while (x0 < x1) {
        const uint32_t count = x1 - x0 < 4u ? x1 - x0 : 4u;
        uint32_t n;
        for (n = 0; n < count; n++)
            mn_gather_s8(p, rows, x0 + n, patches + n * taps);
        mn_pixels_s8_mve(&linear, patches, taps, count, out + x0 * p->out_channels);
        x0 += count;
    }
}
