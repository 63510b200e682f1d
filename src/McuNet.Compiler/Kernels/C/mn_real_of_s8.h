/*
 * Parameter block of convolutions and fully connected layers on int8 whose results are real numbers.
 * weights      [out_channels][taps][in_channels]
 * bias, scale, weight_zero  [out_channels]; scale is input scale * weight scale
 * in_channels  fewer than 32768, so that a run of them has a sum of 32 bits, where there is a window; of a fully connected layer any number
 * Fields of columns as in mn_real.
 */
typedef struct {
    const int8_t *weights;
    const int32_t *bias;
    const float *scale;
    const int8_t *weight_zero;
    float low;
    float high;
    uint32_t in_channels;
    uint32_t out_channels;
    uint16_t in_width;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride;
    uint16_t dilation;
    uint16_t pad_left;
    int16_t in_zero;
} mn_real_of_s8;

/* Adds n products of neighbours, 16384 of them in 32 bits at a time. */
MN_INLINE int64_t mn_real_of_s8_sum(int64_t sum, const int8_t *x, const int8_t *w, uint32_t n, int32_t in_zero, int32_t weight_zero)
{
    while (n != 0u) {
        int32_t part = 0;
        uint32_t few = n < 16384u ? n : 16384u;
        n -= few;
        for (; few >= 4u; few -= 4u, x += 4, w += 4) {
            part += (x[0] - in_zero) * (w[0] - weight_zero);
            part += (x[1] - in_zero) * (w[1] - weight_zero);
            part += (x[2] - in_zero) * (w[2] - weight_zero);
            part += (x[3] - in_zero) * (w[3] - weight_zero);
        }
        for (; few != 0u; few--)
            part += (*x++ - in_zero) * (*w++ - weight_zero);
        sum += part;
    }
    return sum;
}

/* The sum becomes a float32 by one rounding; nearly every sum has 32 bits. */
MN_INLINE float mn_real_of_s8_result(const mn_real_of_s8 *p, int64_t sum, uint32_t channel)
{
    const int32_t few = (int32_t)sum;
    const float real = few == sum ? (float)few : (float)sum;
    return mn_limit(mn_rounded(real * p->scale[channel]), p->low, p->high);
}
