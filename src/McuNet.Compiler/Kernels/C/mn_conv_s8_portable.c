/*
 * Convolution with any window: two output pixels at a time, their inputs gathered into scratch (2 * taps bytes).
 * Weights as in mn_pixels_s8.h. Rows may lie anywhere, null is a padding row; output may not overlap the rows.
 */
MN_KERNEL void mn_conv_s8_portable(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->out_channels;
    const uint32_t taps = (uint32_t)p->kernel_height * p->kernel_width * p->in_channels;
    int8_t *a = (int8_t *)scratch, *b = a + taps;
    for (uint32_t x = x0; x < x1; x++) {
        const uint32_t second = (x - x0) & 1u;
        mn_gather_s8(p, rows, x, second != 0u ? b : a);
        if (second != 0u)
            mn_pixels2_s8(p, a, b, taps, out + (x - 1u) * channels);
        else if (x + 1u == x1)
            mn_pixel1_s8(p, a, taps, out + x * channels);
    }
}
