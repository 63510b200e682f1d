/*
 * Pixels of a convolution in float32 whose weights are widened in chunks: a chunk serves all pixels of the call before the next is widened, and the output
 * holds the sums between them. Rows may lie anywhere, null is a padding row; output may not overlap them.
 */

/* Adds the products of a chunk to sums of `lanes` channels of one pixel, or of two, `next` floats apart, where pixels is 2. */
MN_INLINE void mn_conv_packed_add(const float *x, size_t next, uint32_t pixels, const float *w, uint32_t n, uint32_t lanes, float *out, uint32_t channels)
{
    if (lanes == 1u) {
        for (uint32_t i = 0; i < pixels; i++, x += next, out += channels)
            *out = mn_real_sum(*out, x, w, n);
    } else {
        float sums[8] = { out[0], out[1], out[2], out[3] };
        if (pixels == 2u)
            memcpy(sums + 4, out + channels, 4u * sizeof(float));
        mn_real_sums4(sums, x, pixels == 2u ? x + next : NULL, w, n);
        memcpy(out, sums, 4u * sizeof(float));
        if (pixels == 2u)
            memcpy(out + channels, sums + 4, 4u * sizeof(float));
    }
}

/* The same for four channels of four pixels. */
MN_INLINE void mn_conv_packed_add4(const float *x, size_t next, const float *w, uint32_t n, float *out, uint32_t channels)
{
    float sums[16];
    for (uint32_t i = 0; i < 4u; i++)
        memcpy(sums + 4u * i, out + i * channels, 4u * sizeof(float));
    mn_real_sums4by4(sums, x, next, w, n);
    for (uint32_t i = 0; i < 4u; i++)
        memcpy(out + i * channels, sums + 4u * i, 4u * sizeof(float));
}

/* isolated: the window is one pixel that always lies inside, so that joined rows may be one long row. four: for cores with an FPU, four pixels at a time. */
MN_INLINE void mn_conv_packed_row(const mn_real_packed *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1, float *scratch, uint32_t isolated, uint32_t four)
{
    const uint32_t inputs = p->in_channels, channels = p->out_channels, whole = channels & ~3u, line = p->kernel_width * inputs;
    const int32_t next = (int32_t)(p->stride * inputs), last = (int32_t)(p->in_width * inputs);
    const mn_packed weights = mn_real_packed_weights(p, inputs);
    out += (size_t)x0 * channels;
    for (uint32_t x = 0; x < x1 - x0; x++)
        memcpy(out + (size_t)x * channels, p->bias, channels * sizeof(float));
    for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
        if (rows[ky] == NULL)
            continue;
        const float *const row = (const float *)(const void *)rows[ky];
        for (uint32_t k = 0, n; k < line; k += n) {
            const uint32_t limit = p->dilation > 1u ? inputs - k % inputs : line - k;
            n = limit < p->chunk ? limit : p->chunk;
            for (uint32_t c = 0, lanes; c < channels; c += lanes) {
                lanes = c < whole ? 4u : 1u;
                if (lanes == 4u)
                    mn_packed_widen4(&weights, c, ky * line + k, n, scratch);
                else
                    mn_packed_widen(&weights, c, ky * line + k, n, scratch);
                const int32_t column = (int32_t)(k / inputs) * (int32_t)p->dilation - (int32_t)p->pad_left;
                int32_t begin = ((int32_t)(x0 * p->stride) + column) * (int32_t)inputs + (int32_t)(k % inputs);
                float *to = out + c;
                for (uint32_t x = x0, pixels; x < x1; x += pixels, begin += (int32_t)pixels * next, to += (size_t)pixels * channels) {
                    pixels = four != 0u && lanes == 4u && x + 4u <= x1 ? 4u : x + 2u <= x1 ? 2u : 1u;
                    uint32_t from = 0u, end = n;
                    if (isolated == 0u && (begin < 0 || begin + (int32_t)(pixels - 1u) * next + (int32_t)n > last)) {
                        pixels = 1u;
                        if (begin >= last || begin + (int32_t)n <= 0)
                            continue;
                        from = begin < 0 ? (uint32_t)-begin : 0u;
                        end = begin + (int32_t)n > last ? (uint32_t)(last - begin) : n;
                    }
                    if (pixels == 4u)
                        mn_conv_packed_add4(row + begin, (size_t)next, scratch, n, to, channels);
                    else
                        mn_conv_packed_add(row + (begin + (int32_t)from), (size_t)next, pixels, scratch + lanes * from, end - from, lanes, to, channels);
                }
            }
        }
    }
    for (size_t i = 0; i < (size_t)(x1 - x0) * channels; i++)
        out[i] = mn_limit(out[i], p->low, p->high);
}
