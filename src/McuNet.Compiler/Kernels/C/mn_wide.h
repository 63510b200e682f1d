/*
 * Parameter block of layers whose sums do not fit 32 bits, or whose sizes do not fit the fields of mn_conv:
 * acc = bias + sum (x - in_zero) * (w - weight_zero) in 64 bits, padding adding nothing.
 * weights      [out_channels][kernel_height][kernel_width][group_inputs]; of depthwise layers [kernel_height][kernel_width][out_channels]
 * bias, scale, weight_zero  [out_channels]
 * group_inputs, group_outputs: of a convolution, the input channels that so many output channels read; all of them where it has one group
 */
typedef struct {
    const int8_t *weights;
    const int32_t *bias;
    const float *scale;
    const int8_t *weight_zero;
    uint32_t in_width;
    uint32_t in_channels;
    uint32_t out_channels;
    uint32_t group_inputs;
    uint32_t group_outputs;
    uint32_t kernel_height;
    uint32_t kernel_width;
    uint32_t stride;
    uint32_t dilation;
    uint32_t pad_left;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_wide;

/* The sum becomes a float32 at once, by one rounding. */
MN_INLINE int8_t mn_wide_result(const mn_wide *p, int64_t acc, uint32_t c)
{
    const int32_t steps = mn_round(mn_rounded((float)acc * p->scale[c])), zero = p->out_zero;
    return (int8_t)(mn_clamp(steps, p->out_min - zero, p->out_max - zero) + zero);
}

/* Sum of n products of neighbours. */
MN_INLINE int64_t mn_wide_dot(const mn_wide *p, const int8_t *x, const int8_t *w, uint32_t n, int32_t weight_zero)
{
    const int32_t zero = p->in_zero;
    int64_t acc = 0;
    for (; n != 0u; n--)
        acc += (int32_t)(*x++ - zero) * (*w++ - weight_zero);
    return acc;
}
