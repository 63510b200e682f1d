/* Parameter block of normalisations of real numbers: gain and offset of each channel or of each value; the rest as in mn_normalize. */
typedef struct {
    const float *gain;
    const float *offset;
    float low;
    float high;
    float epsilon;
    uint32_t pixels;
    uint32_t channels;
    uint32_t groups;
    uint32_t gain_pixel;
} mn_normalize_f32;

/* The values of one mean; `first` is their first channel. Output may be the input. */
MN_INLINE void mn_normalize_f32_group(const mn_normalize_f32 *p, const float *in, float *out, uint32_t first)
{
    const uint32_t channels = p->channels, step = p->channels * p->groups;
    const float count = (float)(p->pixels * channels);
    const float *gain = p->gain + first, *offset = p->offset + first;
    float sum = 0.0f, squares = 0.0f;
    for (uint32_t i = 0; i < p->pixels; i++) {
        for (uint32_t c = 0; c < channels; c++)
            sum = sum + in[(size_t)i * step + c];
    }
    const float mean = mn_rounded(sum / count);
    for (uint32_t i = 0; i < p->pixels; i++) {
        for (uint32_t c = 0; c < channels; c++) {
            const float distance = mn_rounded(in[(size_t)i * step + c] - mean);
            squares = squares + mn_rounded(distance * distance);
        }
    }
    const float spread = mn_math_sqrt(mn_rounded(mn_rounded(squares / count) + p->epsilon));
    for (uint32_t i = 0; i < p->pixels; i++, in += step, out += step, gain += p->gain_pixel, offset += p->gain_pixel) {
        for (uint32_t c = 0; c < channels; c++)
            out[c] = mn_limit(mn_rounded(mn_rounded(mn_rounded(in[c] - mean) / spread) * gain[c]) + offset[c], p->low, p->high);
    }
}
