/*
 * Convolution with any window by weights of four bits, mn_narrow_s8.h: one output pixel at a time, its inputs gathered into scratch, as many bytes as taps.
 * Rows may lie anywhere, null is a padding row; output may not overlap the rows.
 */
MN_KERNEL void mn_conv_s8_portable_narrow(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t taps = (uint32_t)p->kernel_height * p->kernel_width * p->in_channels;
    const mn_narrow pixel = { p->weights, p->bias, p->scale, taps, p->out_channels, p->out_zero, p->out_min, p->out_max };
    for (out += (size_t)x0 * p->out_channels; x0 < x1; x0++, out += p->out_channels) {
        mn_gather_s8(p, rows, x0, (int8_t *)scratch);
        mn_narrow_pixel_s8(&pixel, (const int8_t *)scratch, out);
    }
}
