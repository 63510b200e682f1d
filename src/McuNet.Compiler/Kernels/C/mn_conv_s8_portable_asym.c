/* mn_conv_s8_portable for weights with zero points. */
MN_KERNEL void mn_conv_s8_portable_asym(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->out_channels;
    const uint32_t taps = (uint32_t)p->kernel_height * p->kernel_width * p->in_channels;
    int8_t *a = (int8_t *)scratch, *b = a + taps;
    for (uint32_t x = x0; x < x1; x++) {
        const uint32_t second = (x - x0) & 1u;
        mn_gather_s8(p, rows, x, second != 0u ? b : a);
        if (second != 0u)
            mn_pixels2_any_s8(p, a, b, taps, out + (x - 1u) * channels, p->weight_zero, mn_sum_s8(a, taps), mn_sum_s8(b, taps));
        else if (x + 1u == x1)
            mn_pixel1_any_s8(p, a, taps, out + x * channels, p->weight_zero, mn_sum_s8(a, taps));
    }
}
