/* Of output column x: the kernel columns [begin, end) that meet input, and where the first of them lies in a row. */
typedef struct {
    uint32_t begin;
    uint32_t end;
    size_t offset;
} mn_depthwise_inside;

MN_INLINE mn_depthwise_inside mn_depthwise_columns(const mn_conv *p, uint32_t x)
{
    const uint32_t width = p->kernel_width;
    const int32_t dilation = p->dilation, first = (int32_t)(x * p->stride) - (int32_t)p->pad_left;
    mn_depthwise_inside in = { 0, width, 0 };
    while (in.begin < width && first + (int32_t)in.begin * dilation < 0)
        in.begin++;
    while (in.end > in.begin && first + (int32_t)(in.end - 1u) * dilation >= (int32_t)p->in_width)
        in.end--;
    if (in.begin < in.end)
        in.offset = (size_t)(first + (int32_t)in.begin * dilation) * p->in_channels;
    return in;
}
