/* Depthwise convolution, weights with zero points: mn_depthwise_s8.h. */
MN_SHARED void mn_depthwise_whole_asym_s8(const mn_conv *p, const int8_t *const *rows, size_t offset, int8_t *out)
{
    mn_depthwise_pixel_s8(p, rows, offset, 0u, p->kernel_width, out, 1, p->weight_zero);
}

MN_SHARED void mn_depthwise_side_asym_s8(const mn_conv *p, const int8_t *const *rows, size_t offset, uint32_t begin, uint32_t end, int8_t *out)
{
    mn_depthwise_pixel_s8(p, rows, offset, begin, end, out, 0, p->weight_zero);
}

MN_KERNEL void mn_depthwise_s8_portable_asym(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    for (; x0 < x1; x0++) {
        const mn_depthwise_inside in = mn_depthwise_columns(p, x0);
        if (in.end - in.begin == p->kernel_width)
            mn_depthwise_whole_asym_s8(p, rows, in.offset, out + x0 * p->out_channels);
        else
            mn_depthwise_side_asym_s8(p, rows, in.offset, in.begin, in.end, out + x0 * p->out_channels);
    }
}
