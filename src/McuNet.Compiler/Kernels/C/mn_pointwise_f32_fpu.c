/* As mn_pointwise_f32_portable, with the same results, four pixels at a time. */
MN_KERNEL void mn_pointwise_f32_fpu(const mn_real *p, const float *row, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t inputs = p->in_channels, channels = p->out_channels, whole = channels & ~3u;
    const size_t step = (size_t)p->stride * inputs;
    const mn_real_four four = mn_real_four_of(p);
    row += x0 * step;
    out += (size_t)x0 * channels;
    for (; x0 + 4u <= x1; x0 += 4u, row += 4u * step, out += (size_t)4u * channels) {
        const float *w = p->weights;
        uint32_t c;
        for (c = 0; c < whole; c += 4u, w += (size_t)4u * inputs) {
            const int8_t *const rows[1] = { (const int8_t *)(const void *)row };
            mn_real_four_pixels(&four, rows, 1u, w, p->bias + c, out + c);
        }
        for (c = whole; c < channels; c++, w += inputs) {
            for (uint32_t i = 0; i < 4u; i++)
                out[i * channels + c] = mn_limit(mn_real_sum(p->bias[c], row + i * step, w, inputs), p->low, p->high);
        }
    }
    for (; x0 < x1; x0++, row += step, out += channels)
        mn_pointwise_f32_pixels(p, row, NULL, out);
}
