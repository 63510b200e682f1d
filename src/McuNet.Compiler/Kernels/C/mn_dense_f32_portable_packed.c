/* Fully connected layer in float32 by packed weights: a convolution over a single pixel. Output may not overlap the row. */
MN_KERNEL void mn_dense_f32_portable_packed(const mn_real_packed *p, const float *row, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->out_channels, whole = channels & ~3u;
    const mn_packed weights = mn_real_packed_weights(p, p->in_channels);
    (void)x0;
    (void)x1;
    for (uint32_t c = 0; c < channels; c += c < whole ? 4u : 1u) {
        if (c < whole) {
            float sums[4] = { p->bias[c], p->bias[c + 1u], p->bias[c + 2u], p->bias[c + 3u] };
            mn_packed_sums4(&weights, sums, row, c, 0u, p->in_channels);
            for (uint32_t i = 0; i < 4u; i++)
                out[c + i] = mn_limit(sums[i], p->low, p->high);
        } else {
            out[c] = mn_limit(mn_packed_sum(&weights, p->bias[c], row, c, 0u, p->in_channels), p->low, p->high);
        }
    }
}
