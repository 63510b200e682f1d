/* The channel of the largest or least value of each pixel. Output may lie on the row's first pixels. */
MN_KERNEL void mn_arg_extreme_s8_portable(const mn_arg_extreme *p, const int8_t *row, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const int32_t sign = p->least != 0 ? -1 : 1, margin = p->last != 0 ? 0 : 1, zero = p->out_zero;
    row += (size_t)x0 * channels;
    for (; x0 < x1; x0++) {
        uint32_t at = 0, c;
        int32_t extreme = sign * *row++;
        for (c = 1; c < channels; c++) {
            const int32_t value = sign * *row++;
            if (value >= extreme + margin)
                extreme = value, at = c;
        }
        out[x0] = (int8_t)(mn_clamp(mn_round((float)(int32_t)at / p->scale), -128 - zero, 127 - zero) + zero);
    }
}
