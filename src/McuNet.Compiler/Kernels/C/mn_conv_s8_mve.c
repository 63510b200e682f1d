/*
 * Convolution with any window, pixel by pixel, inputs gathered into scratch (taps bytes). Weights as in mn_pixel_s8_mve.h. Rows may lie
 * anywhere, null is a padding row; output may not overlap the rows.
 */
static void mn_conv_s8_mve(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->out_channels, taps = (uint32_t)p->kernel_height * p->kernel_width * p->in_channels;
    int8_t *patch = (int8_t *)scratch;
    for (; x0 < x1; x0++) {
        mn_gather_s8(p, rows, x0, patch);
        mn_pixel_s8_mve(p->weights, p->bias, p->scale, channels, taps, p->out_zero, p->out_min, p->out_max, patch, out + x0 * channels);
    }
}
