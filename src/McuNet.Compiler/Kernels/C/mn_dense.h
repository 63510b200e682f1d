/*
 * Parameter block of fully connected layers: weights in the order of the kernel, bias, scale and weight_zero as in mn_conv,
 * by output.
 */
typedef struct {
    const int8_t *weights;
    const int32_t *bias;
    const float *scale;
    uint32_t in_count;
    uint32_t out_count;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
    const int8_t *weight_zero;
} mn_dense;
