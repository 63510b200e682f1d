/*
 * Parameter block of convolutions and fully connected layers in float32 whose weights are kept in fewer bits, as in mn_packed.h; other fields as in
 * mn_real. chunk: the taps of a kernel row that are widened at a time, into [chunk][4] floats of scratch.
 */
typedef struct {
    const int8_t *weights;
    const float *scale;
    const int8_t *zero;
    const float *bias;
    float low;
    float high;
    uint32_t group;
    uint32_t scales;
    uint32_t in_channels;
    uint32_t out_channels;
    uint16_t in_width;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride;
    uint16_t dilation;
    uint16_t pad_left;
    uint16_t chunk;
    uint8_t bits;
    uint8_t zeros;
    uint32_t groups;
} mn_real_packed;

/* Its weights. */
MN_INLINE mn_packed mn_real_packed_weights(const mn_real_packed *p, uint32_t depth)
{
    const mn_packed weights = { p->weights, p->scale, p->zero, (uint32_t)p->kernel_height * p->kernel_width * depth, p->group, p->scales, p->bits, p->zeros };
    return weights;
}
