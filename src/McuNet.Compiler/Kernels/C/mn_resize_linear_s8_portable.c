/*
 * Linear resize, row `step` of the output. in has `slots` rows, row r in slot r mod slots; a row or column of no weight is not read. Output may not overlap
 * the input.
 */
MN_KERNEL void mn_resize_linear_s8_portable(const mn_resize_linear *p, const int8_t *in, uint32_t slots, int8_t *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t channels = p->channels, first = p->rows[step], next = first + (p->row_weights[step] == 0u ? 0u : 1u);
    const int32_t below = p->row_weights[step], above = p->row_units - below, zero = p->out_zero, low = p->out_min, high = p->out_max;
    const int8_t *const top = in + (size_t)(first % slots) * p->row_bytes, *const bottom = in + (size_t)(next % slots) * p->row_bytes;
    const float scale = p->scale;
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++) {
        const int32_t right = p->column_weights[x0], left = p->column_units - right;
        const int32_t w0 = above * left, w1 = above * right, w2 = below * left, w3 = below * right;
        const int8_t *a = top + (size_t)p->columns[x0] * channels, *b = bottom + (size_t)p->columns[x0] * channels;
        const uint32_t beside = right == 0 ? 0u : channels;
        for (uint32_t c = channels; c != 0u; c--, a++, b++)
            *out++ = (int8_t)mn_requantize(p->bias + w0 * *a + w1 * a[beside] + w2 * *b + w3 * b[beside], scale, zero, low, high);
    }
}
