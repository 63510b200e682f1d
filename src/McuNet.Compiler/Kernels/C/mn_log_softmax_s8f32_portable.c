/*
 * Logarithm of softmax over the channels of a pixel: (x - largest) * in_scale - log(sum of table[255 + x - largest]), added up in
 * channel order, every operation rounded on its own. Output may not overlap the row.
 *
 * log: with value = 1.f * 2^e and u = 1.f * 2^31, squaring u 24 times gives 24 bits of log2(1.f).
 */
MN_INLINE float mn_logarithm(float value)
{
    uint32_t bits, mantissa;
    int32_t fraction, i;
    memcpy(&bits, &value, sizeof bits);
    mantissa = ((bits & 0x7fffffu) | 0x800000u) << 8;
    fraction = (int32_t)(bits >> 23) - 127;
    for (i = 0; i < 24; i++) {
        const uint64_t square = ((uint64_t)mantissa * mantissa) >> 31;
        const uint32_t bit = (uint32_t)(square >> 32);
        mantissa = (uint32_t)(square >> bit);
        fraction = fraction * 2 + (int32_t)bit;
    }
    return mn_rounded((float)fraction * 4.13147915e-8f);
}

MN_KERNEL void mn_log_softmax_s8f32_portable(const mn_log_softmax *p, const int8_t *row, float *out, uint32_t x0, uint32_t x1)
{
    for (; x0 < x1; x0++) {
        const int8_t *x = row + x0 * p->channels;
        float *y = out + x0 * p->channels;
        const float *table;
        int32_t largest = -128;
        uint32_t c;
        float sum = 0.0f, logarithm;
        for (c = 0; c < p->channels; c++)
            largest = x[c] > largest ? x[c] : largest;
        table = p->table + (255 - largest);
        for (c = 0; c < p->channels; c++)
            sum = mn_rounded(sum + table[x[c]]);
        logarithm = mn_logarithm(sum);
        for (c = 0; c < p->channels; c++)
            y[c] = mn_rounded((float)(x[c] - largest) * p->in_scale) - logarithm;
    }
}
