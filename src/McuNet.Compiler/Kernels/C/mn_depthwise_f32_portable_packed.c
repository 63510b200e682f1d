/*
 * Depthwise convolution in float32 by packed weights [taps][out_channels] with a scale for each channel; output channel c reads input channel
 * c / (out_channels / in_channels). As many channels as a chunk has are widened at a time, [taps][chunk] floats of scratch, for all pixels of the call.
 * Rows may lie anywhere, null is a padding row; output may not overlap them.
 */
MN_INLINE void mn_depthwise_packed_widen(const mn_real_packed *p, uint32_t c, uint32_t n, float *out)
{
    const uint32_t taps = (uint32_t)p->kernel_height * p->kernel_width;
    for (uint32_t tap = 0; tap < taps; tap++, out += n) {
        for (uint32_t i = 0; i < n; i++) {
            const size_t at = (size_t)tap * p->out_channels + c + i;
            if (p->bits == 16u) {
                out[i] = mn_packed_half(p->weights + 2u * at);
            } else {
                const int32_t q = p->bits == 8u ? p->weights[at] : mn_packed_nibble(p->weights, at);
                out[i] = (float)(q - p->zero[p->zeros != 0u ? c + i : 0u]) * p->scale[c + i];
            }
        }
    }
}

MN_KERNEL void mn_depthwise_f32_portable_packed(const mn_real_packed *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1, void *scratch)
{
    const uint32_t channels = p->out_channels, inputs = p->in_channels, multiplier = channels / inputs;
    float *const weights = (float *)scratch;
    for (uint32_t c = 0, n; c < channels; c += n) {
        n = channels - c < p->chunk ? channels - c : p->chunk;
        mn_depthwise_packed_widen(p, c, n, weights);
        for (uint32_t x = x0; x < x1; x++) {
            const int32_t first = (int32_t)(x * p->stride) - (int32_t)p->pad_left;
            const mn_columns inside = mn_columns_inside(first, p->kernel_width, p->dilation, p->in_width);
            float *const to = out + (size_t)x * channels + c;
            for (uint32_t i = 0; i < n; i++) {
                float sum = p->bias[c + i];
                for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
                    const float *row = (const float *)(const void *)rows[ky], *w = weights + (size_t)(ky * p->kernel_width + inside.begin) * n + i;
                    if (row == NULL)
                        continue;
                    for (uint32_t kx = inside.begin; kx < inside.end; kx++, w += n)
                        sum = sum + mn_rounded(row[(size_t)(first + (int32_t)(kx * p->dilation)) * inputs + (c + i) / multiplier] * *w);
                }
                to[i] = mn_limit(sum, p->low, p->high);
            }
        }
    }
}
