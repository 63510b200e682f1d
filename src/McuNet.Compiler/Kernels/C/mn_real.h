/*
 * Parameter block of convolutions and fully connected layers in float32.
 * weights      in the order of the kernel, see there
 * bias         [out_channels]
 * low, high    the range of the fused activation
 * groups       read by the grouped kernel alone
 * stride, dilation, pad_left are of columns; rows are the caller's affair. Padding counts as zero and is left out.
 */
typedef struct {
    const float *weights;
    const float *bias;
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
    uint32_t groups;
} mn_real;
