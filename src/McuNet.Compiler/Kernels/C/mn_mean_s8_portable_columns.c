/* Mean over the columns of one row. Output may lie on the row's first column. */
MN_KERNEL void mn_mean_s8_portable_columns(const mn_mean *p, const int8_t *row, int8_t *out)
{
    uint32_t x, c;
    for (c = 0; c < p->channels; c++) {
        int32_t sum = p->bias;
        for (x = 0; x < p->columns; x++)
            sum += row[x * p->channels + c];
        out[c] = (int8_t)mn_requantize(sum, p->scale, p->out_zero, p->out_min, p->out_max);
    }
}
