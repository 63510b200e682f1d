/* Pointwise convolution in 64 bits: mn_wide.h. Rows may be joined. Output may not overlap the input. */
MN_KERNEL void mn_pointwise_s8_portable_wide(const mn_wide *p, const int8_t *in, int8_t *out, uint32_t x0, uint32_t x1)
{
    for (; x0 < x1; x0++) {
        const int8_t *x = in + (size_t)x0 * p->stride * p->in_channels;
        for (uint32_t c = 0; c < p->out_channels; c++) {
            const int64_t acc = mn_wide_dot(p, x, p->weights + (size_t)c * p->in_channels, p->in_channels, p->weight_zero[c]);
            out[(size_t)x0 * p->out_channels + c] = mn_wide_result(p, acc + p->bias[c], c);
        }
    }
}
