/* Pointwise convolution in float32 by packed weights, as in mn_conv_packed.h. Output may not overlap the row. */
MN_KERNEL void mn_pointwise_f32_portable_packed(const mn_real_packed *p, const float *row, float *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const int8_t *const rows[1] = { (const int8_t *)(const void *)row };
    mn_conv_packed_row(p, rows, out, x0, x1, (float *)scratch, 1u, 0u);
}
