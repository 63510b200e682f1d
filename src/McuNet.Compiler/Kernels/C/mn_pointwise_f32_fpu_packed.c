/* As mn_pointwise_f32_portable_packed, with the same results, four pixels at a time. */
MN_KERNEL void mn_pointwise_f32_fpu_packed(const mn_real_packed *p, const float *row, float *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const int8_t *const rows[1] = { (const int8_t *)(const void *)row };
    mn_conv_packed_row(p, rows, out, x0, x1, (float *)scratch, 1u, 1u);
}
