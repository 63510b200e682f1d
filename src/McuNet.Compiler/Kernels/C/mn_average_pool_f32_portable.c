/*
 * Mean over a window in float32: the inputs inside are added up row by row and divided by their number.
 * Rows may lie anywhere, null is a padding row. Output may not overlap the rows.
 */
MN_KERNEL void mn_average_pool_f32_portable(const mn_pool_f32 *p, const int8_t *const *rows, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    const size_t step = (size_t)p->dilation * channels;
    for (out += (size_t)x0 * channels; x0 < x1; x0++) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        const mn_columns inside = mn_columns_inside(first, p->kernel_width, p->dilation, p->in_width);
        const size_t offset = inside.begin < inside.end ? (size_t)(first + (int32_t)(inside.begin * p->dilation)) * channels : 0u;
        for (uint32_t c = 0; c < channels; c++) {
            float sum = 0.0f;
            uint32_t count = 0;
            for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
                if (rows[ky] == NULL)
                    continue;
                const float *v = (const float *)(const void *)rows[ky] + offset + c;
                for (uint32_t n = inside.end - inside.begin; n != 0u; n--, v += step, count++)
                    sum = sum + *v;
            }
            *out++ = mn_limit(mn_rounded(sum / (float)(p->count != 0u ? p->count : count)), p->low, p->high);
        }
    }
}
