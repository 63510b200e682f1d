/*
 * Depthwise convolution in float32; output channel c reads input channel c / (out_channels / in_channels). Weights: [taps][out_channels].
 * Rows may lie anywhere, null is a padding row; output may not overlap them.
 */
MN_KERNEL void mn_depthwise_f32_portable(const mn_real *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->out_channels, inputs = p->in_channels, multiplier = channels / inputs, whole = multiplier == 1u ? channels & ~3u : 0u;
    const size_t step = (size_t)p->dilation * inputs;
    for (out += (size_t)x0 * channels; x0 < x1; x0++, out += channels) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        const mn_columns inside = mn_columns_inside(first, p->kernel_width, p->dilation, p->in_width);
        const size_t offset = inside.begin < inside.end ? (size_t)(first + (int32_t)(inside.begin * p->dilation)) * inputs : 0u;
        uint32_t c = 0, ky, n;
        for (; c < whole; c += 4u) {
            float s0 = p->bias[c], s1 = p->bias[c + 1u], s2 = p->bias[c + 2u], s3 = p->bias[c + 3u];
            for (ky = 0; ky < p->kernel_height; ky++) {
                if (rows[ky] == NULL)
                    continue;
                const float *x = (const float *)(const void *)rows[ky] + offset + c, *w = p->weights + (size_t)(ky * p->kernel_width + inside.begin) * channels + c;
                for (n = inside.end - inside.begin; n != 0u; n--, x += step, w += channels) {
                    s0 = s0 + mn_rounded(x[0] * w[0]);
                    s1 = s1 + mn_rounded(x[1] * w[1]);
                    s2 = s2 + mn_rounded(x[2] * w[2]);
                    s3 = s3 + mn_rounded(x[3] * w[3]);
                }
            }
            out[c] = mn_limit(s0, p->low, p->high);
            out[c + 1u] = mn_limit(s1, p->low, p->high);
            out[c + 2u] = mn_limit(s2, p->low, p->high);
            out[c + 3u] = mn_limit(s3, p->low, p->high);
        }
        for (; c < channels; c++) {
            float sum = p->bias[c];
            for (ky = 0; ky < p->kernel_height; ky++) {
                if (rows[ky] == NULL)
                    continue;
                const float *x = (const float *)(const void *)rows[ky] + offset + c / multiplier, *w = p->weights + (size_t)(ky * p->kernel_width + inside.begin) * channels + c;
                for (n = inside.end - inside.begin; n != 0u; n--, x += step, w += channels)
                    sum = sum + mn_rounded(*x * *w);
            }
            out[c] = mn_limit(sum, p->low, p->high);
        }
    }
}
