/* Pointwise convolution of int8 to real numbers, and a fully connected layer as one over a single pixel. Output may not overlap the row. */
MN_KERNEL void mn_pointwise_s8f32_portable(const mn_real_of_s8 *p, const int8_t *row, float *out, uint32_t x0, uint32_t x1)
{
    for (out += (size_t)x0 * p->out_channels; x0 < x1; x0++) {
        const int8_t *const x = row + (size_t)x0 * p->stride * p->in_channels, *w = p->weights;
        for (uint32_t c = 0; c < p->out_channels; c++, w += p->in_channels)
            *out++ = mn_real_of_s8_result(p, mn_real_of_s8_sum(p->bias[c], x, w, p->in_channels, p->in_zero, p->weight_zero[c]), c);
    }
}
