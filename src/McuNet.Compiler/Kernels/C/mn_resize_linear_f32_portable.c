/* The number that lies `way` of the way from one to another. */
MN_INLINE float mn_resize_between(float from, float to, float way)
{
    return mn_rounded(from * mn_rounded(1.0f - way)) + mn_rounded(to * way);
}

/*
 * Linear resize, row `step` of the output, columns before rows. in has `slots` rows, row r in slot r mod slots; a row or column of no weight is not read.
 * Output may not overlap the input.
 */
MN_KERNEL void mn_resize_linear_f32_portable(const mn_resize_linear_f32 *p, const float *in, uint32_t slots, float *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    const uint32_t channels = p->channels, first = p->rows[step], next = first + (p->row_weights[step] > 0.0f ? 1u : 0u);
    const float *const top = in + (size_t)(first % slots) * p->row, *const bottom = in + (size_t)(next % slots) * p->row;
    const float below = p->row_weights[step];
    out += (size_t)x0 * channels;
    for (; x0 < x1; x0++) {
        const float right = p->column_weights[x0];
        const float *a = top + (size_t)p->columns[x0] * channels, *b = bottom + (size_t)p->columns[x0] * channels;
        const uint32_t beside = right > 0.0f ? channels : 0u;
        for (uint32_t c = channels; c != 0u; c--, a++, b++)
            *out++ = mn_limit(mn_resize_between(mn_resize_between(*a, a[beside], right), mn_resize_between(*b, b[beside], right), below), p->low, p->high);
    }
}
