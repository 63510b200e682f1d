/* Weighted sums, row `step` of the output, columns before rows. in has `slots` rows, row r in slot r mod slots. Output may not overlap the input. */
MN_KERNEL void mn_resample_f32_portable(const mn_resample_f32 *p, const float *in, uint32_t slots, float *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t channels = p->channels, first = p->rows[step];
    const float *const row_weights = p->row_weights + (size_t)step * p->row_taps;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++) {
        const float *const weights = p->column_weights + (size_t)x0 * p->column_taps;
        for (uint32_t c = 0; c < channels; c++) {
            float sum = 0.0f;
            for (uint32_t row = 0; row < p->row_taps; row++) {
                const float *from = in + (size_t)((first + row) % slots) * p->row + (size_t)p->columns[x0] * channels + c;
                float between = 0.0f;
                for (uint32_t column = 0; column < p->column_taps; column++, from += channels)
                    between = between + mn_rounded(*from * weights[column]);
                sum = sum + mn_rounded(between * row_weights[row]);
            }
            *out++ = mn_limit(sum, p->low, p->high);
        }
    }
}
