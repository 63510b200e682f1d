/* Softmax over the channels of a pixel: exp(x - largest) / sum, the exponentials added up in channel order. Output may be the row. */
MN_KERNEL void mn_softmax_f32_portable(const mn_softmax_f32 *p, const float *row, float *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->channels;
    for (row += (size_t)x0 * channels, out += (size_t)x0 * channels; x0 < x1; x0++, row += channels, out += channels) {
        float largest = row[0], sum = 0.0f;
        uint32_t c;
        for (c = 1; c < channels; c++)
            largest = row[c] > largest ? row[c] : largest;
        for (c = 0; c < channels; c++) {
            out[c] = mn_math_exp(row[c] - largest);
            sum = sum + out[c];
        }
        for (c = 0; c < channels; c++)
            out[c] = out[c] / sum;
    }
}
