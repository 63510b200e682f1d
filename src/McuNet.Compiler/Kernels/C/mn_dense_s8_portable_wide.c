/* Fully connected layer in 64 bits: mn_wide.h, one pixel of in_channels inputs. Output may not overlap the input. */
MN_KERNEL void mn_dense_s8_portable_wide(const mn_wide *p, const int8_t *in, int8_t *out)
{
    for (uint32_t c = 0; c < p->out_channels; c++) {
        const int64_t acc = mn_wide_dot(p, in, p->weights + (size_t)c * p->in_channels, p->in_channels, p->weight_zero[c]);
        out[c] = mn_wide_result(p, acc + p->bias[c], c);
    }
}
