/*
 * Parameter block of convolutions: general, pointwise, depthwise.
 * weights      in the order of the kernel, see there
 * bias         [out_channels], input zero point folded in: bias - in_zero * sum(w - weight_zero)
 * scale        [out_channels], (input scale * weight scale) / output scale
 * weight_zero  [out_channels], read only by the asym kernels
 * stride, dilation, pad_left are of columns; rows are the caller's affair. A padding element counts as in_zero.
 */
typedef struct {
    const int8_t *weights;
    const int32_t *bias;
    const float *scale;
    uint16_t in_width;
    uint16_t in_channels;
    uint16_t out_width;
    uint16_t out_channels;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride;
    uint16_t dilation;
    uint16_t pad_left;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
    const int8_t *weight_zero;
} mn_conv;
