/*
 * Parameter block of convolutions whose channels are in groups: mn_conv, and the number of groups. Output channels of a group read its input channels only.
 * weights: of each group as in mn_pixels_s8.h, taps are kernel_height * kernel_width * (in_channels / groups).
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
    uint16_t groups;
} mn_conv_grouped;

/* The convolution that the first group is. */
MN_INLINE mn_conv mn_group_first(const mn_conv_grouped *p)
{
    const mn_conv group = { p->weights, p->bias, p->scale, p->in_width, (uint16_t)(p->in_channels / p->groups), p->out_width,
        (uint16_t)(p->out_channels / p->groups), p->kernel_height, p->kernel_width, p->stride, p->dilation, p->pad_left, p->in_zero, p->out_zero, p->out_min,
        p->out_max, p->weight_zero };
    return group;
}

MN_INLINE void mn_group_next(mn_conv *group, uint32_t taps)
{
    group->weights += taps * group->out_channels;
    group->bias += group->out_channels;
    group->scale += group->out_channels;
    if (group->weight_zero != NULL)
        group->weight_zero += group->out_channels;
}

/* A few bytes; memcpy would be a call for each pixel of a window. */
MN_INLINE void mn_group_copy(int8_t *to, const int8_t *from, uint32_t count)
{
    for (; count >= 4u; count -= 4u, to += 4, from += 4)
        memcpy(to, from, 4);
    for (; count != 0u; count--)
        *to++ = *from++;
}

/* Copies the inputs of a group, which begin at channel `first`, under the window at output column x into patch. Padding is in_zero. */
MN_INLINE void mn_group_gather(const mn_conv_grouped *p, const mn_conv *group, const int8_t *const *rows, uint32_t x, uint32_t first, int8_t *patch)
{
    const uint32_t inputs = group->in_channels, width = p->kernel_width, dilation = p->dilation, step = dilation * p->in_channels;
    const int32_t column = (int32_t)(x * p->stride) - (int32_t)p->pad_left;
    const uint32_t inside = column >= 0 && (uint32_t)column + (width - 1u) * dilation < p->in_width;
    for (uint32_t ky = 0; ky < p->kernel_height; ky++) {
        const int8_t *row = rows[ky];
        uint32_t kx = 0;
        if (row != NULL && inside != 0u) {
            for (row += (size_t)(uint32_t)column * p->in_channels + first; kx < width; kx++, patch += inputs, row += step)
                mn_group_copy(patch, row, inputs);
        }
        for (; kx < width; kx++, patch += inputs) {
            const uint32_t at = (uint32_t)column + kx * dilation;
            if (row == NULL || at >= p->in_width)
                memset(patch, p->in_zero, inputs);
            else
                mn_group_copy(patch, row + (size_t)at * p->in_channels + first, inputs);
        }
    }
}
