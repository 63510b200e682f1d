/* Depthwise convolution of one pixel at a time, weights with a zero point per record: mn_depthwise_narrow.h. */
MN_DWP_ASYMMETRIC(mn_depthwise_narrow_asym_s8)

MN_KERNEL void mn_depthwise_s8_dsp_narrow_asym(const mn_depthwise_dsp *p, const int8_t *const *rows, int8_t *out, uint32_t x1, void *scratch)
{
    mn_depthwise_narrow_row(p, rows, out, x1, scratch, 10u + (uint32_t)p->kernel_height * p->kernel_width, mn_depthwise_narrow_asym_s8);
}
