/*
 * Parameter block of samples of an image of height x width pixels. taps: pixels of each axis between which a sample lies, 1 the nearest, 2 linear, 4 cubic.
 * padding: beyond the ends 0 zeros, 1 the last pixel, 2 pixels in reverse. corners is 1 where -1 and 1 are the middles of the end pixels, not their edges.
 */
typedef struct {
    float low;
    float high;
    uint32_t height;
    uint32_t width;
    uint32_t channels;
    uint8_t taps;
    uint8_t padding;
    uint8_t corners;
} mn_grid_sample;

/* Where among `size` pixels a place from -1 to 1 lies, moved inside where nothing is beyond the ends. What is no number is far out. */
MN_INLINE float mn_grid_coordinate(const mn_grid_sample *p, float place, int32_t size)
{
    const float margin = p->corners != 0u ? 0.0f : 0.5f, low = -margin, high = (float)(size - 1) + margin;
    const float scaled = mn_rounded(mn_rounded(mn_rounded(place + 1.0f) * 0.5f) * (float)(p->corners != 0u ? size - 1 : size));
    float at = p->corners != 0u ? scaled : mn_rounded(scaled - 0.5f);
    at = at > -1048576.0f ? at < 1048576.0f ? at : 1048576.0f : -1048576.0f;
    if (p->taps == 1u)
        at = mn_math_round(at);
    if (p->padding == 0u || (at >= low && at <= high))
        return at;
    if (p->padding == 1u)
        return at < low ? 0.0f : (float)(size - 1);
    const float range = high - low, beyond = at < low ? low - at : at - high;
    if (range == 0.0f)
        return low;
    const int32_t times = (int32_t)(beyond / range);
    const float rest = beyond - mn_rounded((float)times * range);
    return (at < low) == (times % 2 == 0) ? low + rest : high - rest;
}

/* The pixel of a number, negative where it is zeros. */
MN_INLINE int32_t mn_grid_index(const mn_grid_sample *p, int32_t number, int32_t size)
{
    if (number >= 0 && number < size)
        return number;
    if (p->padding != 2u)
        return p->padding == 0u ? -1 : number < 0 ? 0 : size - 1;
    int32_t period = p->corners != 0u ? 2 * size - 2 : 2 * size;
    if (period < 1)
        period = 1;
    const int32_t within = (number % period + period) % period;
    return within < size ? within : (p->corners != 0u ? period : period - 1) - within;
}

/* Of a pixel at a distance of up to one, and of one to two. */
MN_INLINE float mn_grid_inner(float d)
{
    const float steep = mn_rounded(1.25f * d) - 2.25f;
    return mn_rounded(mn_rounded(steep * d) * d) + 1.0f;
}

MN_INLINE float mn_grid_outer(float d)
{
    const float inner = mn_rounded(-0.75f * d) + 3.75f, middle = mn_rounded(inner * d) - 6.0f;
    return mn_rounded(middle * d) + 3.0f;
}

MN_INLINE float mn_grid_weight(uint32_t taps, float way, uint32_t tap)
{
    if (taps == 1u)
        return 1.0f;
    if (taps == 2u)
        return tap == 0u ? 1.0f - way : way;
    switch (tap) {
    case 0u: return mn_grid_outer(mn_rounded(way + 1.0f));
    case 1u: return mn_grid_inner(way);
    case 2u: return mn_grid_inner(mn_rounded(1.0f - way));
    default: return mn_grid_outer(mn_rounded(mn_rounded(1.0f - way) + 1.0f));
    }
}
