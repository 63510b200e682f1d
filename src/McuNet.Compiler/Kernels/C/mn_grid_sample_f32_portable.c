/* Samples of a whole image at the places of one row, x and y of each. Output may overlap neither. */
MN_KERNEL void mn_grid_sample_f32_portable(const mn_grid_sample *p, const float *image, const float *places, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels, taps = p->taps;
    const int32_t before = taps == 4u ? 1 : 0;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++, out += channels) {
        const float x = mn_grid_coordinate(p, places[2u * x0], (int32_t)p->width), y = mn_grid_coordinate(p, places[2u * x0 + 1u], (int32_t)p->height);
        const float left = mn_math_floor(x), top = mn_math_floor(y);
        for (uint32_t c = 0; c < channels; c++)
            out[c] = 0.0f;
        for (uint32_t i = 0; i < taps; i++) {
            const int32_t row = mn_grid_index(p, (int32_t)top - before + (int32_t)i, (int32_t)p->height);
            for (uint32_t j = 0; j < taps && row >= 0; j++) {
                const int32_t column = mn_grid_index(p, (int32_t)left - before + (int32_t)j, (int32_t)p->width);
                if (column < 0)
                    continue;
                const float weight = mn_rounded(mn_grid_weight(taps, y - top, i) * mn_grid_weight(taps, x - left, j));
                const float *const pixel = image + ((size_t)row * p->width + (size_t)column) * channels;
                for (uint32_t c = 0; c < channels; c++)
                    out[c] = out[c] + mn_rounded(weight * pixel[c]);
            }
        }
        for (uint32_t c = 0; c < channels; c++)
            out[c] = mn_limit(out[c], p->low, p->high);
    }
}
