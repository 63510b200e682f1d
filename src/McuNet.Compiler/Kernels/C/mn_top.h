/* Parameter block of the largest or least channels of each pixel, in order. */
typedef struct {
    uint32_t channels;
    uint32_t count;
    int32_t least;
} mn_top;

/* The best of the channels that come behind `last`, the first where there is none; `last` is -1 before the first. */
MN_INLINE int32_t mn_top_s8(const mn_top *p, const int8_t *pixel, int32_t last)
{
    const int32_t channels = (int32_t)p->channels, sign = p->least != 0 ? -1 : 1;
    int32_t at = -1, best = 0, c;
    for (c = 0; c < channels; c++) {
        const int32_t value = sign * pixel[c], before = last < 0 ? 0 : sign * pixel[last];
        if ((last < 0 || before > value || (value == before && c > last)) && (at < 0 || value > best))
            at = c, best = value;
    }
    return at < 0 ? 0 : at;
}

MN_INLINE int32_t mn_top_f32(const mn_top *p, const float *pixel, int32_t last)
{
    const int32_t channels = (int32_t)p->channels;
    int32_t at = -1, c;
    for (c = 0; c < channels; c++) {
        const float value = p->least != 0 ? -pixel[c] : pixel[c], before = last < 0 ? 0.0f : p->least != 0 ? -pixel[last] : pixel[last];
        const float best = at < 0 ? 0.0f : p->least != 0 ? -pixel[at] : pixel[at];
        if ((last < 0 || before > value || (value == before && c > last)) && (at < 0 || value > best))
            at = c;
    }
    return at < 0 ? 0 : at;
}
