/* The channel of the largest or least real value of each pixel. Output may lie on the row's first pixels. */
MN_KERNEL void mn_arg_extreme_f32_portable(const mn_arg_extreme_f32 *p, const float *row, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    row += (size_t)x0 * channels;
    for (; x0 < x1; x0++, row += channels) {
        uint32_t at = 0, c;
        for (c = 1; c < channels; c++) {
            const float value = p->least != 0 ? -row[c] : row[c], extreme = p->least != 0 ? -row[at] : row[at];
            if (value > extreme || (p->last != 0 && value == extreme))
                at = c;
        }
        out[x0] = (float)(int32_t)at;
    }
}
