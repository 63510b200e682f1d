/* As mn_conv_f32_portable_packed, with the same results, four pixels at a time. */
MN_KERNEL void mn_conv_f32_fpu_packed(const mn_real_packed *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1, void *scratch)
{
    mn_conv_packed_row(p, rows, out, x0, x1, (float *)scratch, 0u, 1u);
}
