/* The channel of the largest or least integer of each pixel as a real number. Output may not overlap the row. */
MN_KERNEL void mn_arg_extreme_s8f32_portable(const mn_arg_extreme_f32 *p, const int8_t *row, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const int32_t sign = p->least != 0 ? -1 : 1, margin = p->last != 0 ? 0 : 1;
    row += (size_t)x0 * channels;
    for (; x0 < x1; x0++) {
        uint32_t at = 0, c;
        int32_t extreme = sign * *row++;
        for (c = 1; c < channels; c++) {
            const int32_t value = sign * *row++;
            if (value >= extreme + margin)
                extreme = value, at = c;
        }
        out[x0] = (float)(int32_t)at;
    }
}
