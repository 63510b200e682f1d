/* Depthwise convolution of one pixel at a time, symmetric weights: mn_depthwise_narrow.h. */
MN_DWP_SYMMETRIC(mn_depthwise_narrow_s8)

MN_KERNEL void mn_depthwise_s8_dsp_narrow(const mn_depthwise_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x1, void *scratch)
{
    mn_depthwise_narrow_row(p, rows, out, x1, scratch, 9u + (uint32_t)p->kernel_height * p->kernel_width, mn_depthwise_narrow_s8);
}
