/* Convolution with any window in float32 by packed weights, as in mn_conv_packed.h. Weights: blocks of four channels, then those that are left. */
MN_KERNEL void mn_conv_f32_portable_packed(const mn_real_packed *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1, void *scratch)
{
    mn_conv_packed_row(p, rows, out, x0, x1, (float *)scratch, 0u, 0u);
}
