/* One pixel x of a pointwise convolution, or two where y is not null. Weights: blocks of four channels [inputs][4], then the channels that are left as [inputs]. */
MN_INLINE void mn_pointwise_f32_pixels(const mn_real *p, const float *x, const float *y, float *out)
{
    const uint32_t inputs = p->in_channels, channels = p->out_channels, whole = channels & ~3u;
    const float *w = p->weights;
    uint32_t c;
    for (c = 0; c < whole; c += 4u, w += (size_t)4u * inputs) {
        const float *b = p->bias + c;
        float sums[8] = { b[0], b[1], b[2], b[3], b[0], b[1], b[2], b[3] };
        mn_real_sums4(sums, x, y, w, inputs);
        for (uint32_t i = 0; i < 4u; i++) {
            out[c + i] = mn_limit(sums[i], p->low, p->high);
            if (y != NULL)
                out[channels + c + i] = mn_limit(sums[4u + i], p->low, p->high);
        }
    }
    for (c = whole; c < channels; c++, w += inputs) {
        out[c] = mn_limit(mn_real_sum(p->bias[c], x, w, inputs), p->low, p->high);
        if (y != NULL)
            out[channels + c] = mn_limit(mn_real_sum(p->bias[c], y, w, inputs), p->low, p->high);
    }
}
