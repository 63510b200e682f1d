/*
 * Parameter block of normalisations. Values of `pixels` pixels and `channels` channels have one mean; a pixel has groups * channels of them.
 * gain, offset  of each channel, or of each value of a tensor, in output steps; gain_pixel leads from a pixel to the next, 0 where all have the same
 * square, unit  input scale squared over n squared, input scale over n, n = pixels * channels
 */
typedef struct {
    const float *gain;
    const float *offset;
    float square;
    float unit;
    float epsilon;
    uint32_t pixels;
    uint32_t channels;
    uint32_t groups;
    uint32_t gain_pixel;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_normalize;

/* 1 / sqrt(value): a start from the bits of value, and three of Newton's steps, every product rounded. */
MN_INLINE float mn_inverse_root(float value)
{
    const float half = mn_rounded(value * 0.5f);
    float root;
    int32_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits = 0x5f3759df - (bits >> 1);
    memcpy(&root, &bits, sizeof root);
    for (uint32_t i = 0; i < 3u; i++) {
        const float product = mn_rounded(half * mn_rounded(root * root));
        root = mn_rounded(root * mn_rounded(1.5f - product));
    }
    return root;
}

/* The values of one mean; `first` is their first channel. Output may be the input. */
MN_INLINE void mn_normalize_group(const mn_normalize *p, const int8_t *in, int8_t *out, uint32_t first)
{
    const uint32_t channels = p->channels, step = p->channels * p->groups;
    const int32_t in_zero = p->in_zero, zero = p->out_zero, low = p->out_min - zero, high = p->out_max - zero, count = (int32_t)(p->pixels * channels);
    const float *gain = p->gain + first, *offset = p->offset + first;
    int64_t squares = 0;
    int32_t sum = 0;
    uint32_t i, c;
    for (i = 0; i < p->pixels; i++) {
        for (c = 0; c < channels; c++) {
            const int32_t value = in[(size_t)i * step + c] - in_zero;
            sum += value;
            squares += value * value;
        }
    }
    const float spread = mn_rounded((float)(count * squares - (int64_t)sum * sum) * p->square);
    const float unit = mn_rounded(mn_inverse_root(mn_rounded(spread + p->epsilon)) * p->unit);
    for (i = 0; i < p->pixels; i++, in += step, out += step, gain += p->gain_pixel, offset += p->gain_pixel) {
        for (c = 0; c < channels; c++) {
            const float centred = mn_rounded((float)(count * (in[c] - in_zero) - sum) * unit);
            const float steps = mn_rounded(mn_rounded(centred * gain[c]) + offset[c]);
            out[c] = (int8_t)(mn_clamp(mn_round(steps), low, high) + zero);
        }
    }
}
