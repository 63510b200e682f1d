/* Mean over the columns of one row. Output may lie on the row's first column. */
MN_KERNEL void mn_mean_f32_portable_columns(const mn_mean_f32 *p, const float *row, float *out)
{
    for (uint32_t c = 0; c < p->channels; c++) {
        float sum = 0.0f;
        for (uint32_t x = 0; x < p->columns; x++)
            sum = sum + row[x * p->channels + c];
        out[c] = mn_limit(sum / (float)p->count, p->low, p->high);
    }
}
