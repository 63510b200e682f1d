/*
 * Parameter block of pooling over a window. Row and column fields as in mn_conv.
 * scale   [kernel_height * kernel_width + 1], of an average by the number of inputs in the window
 * A maximum has no scale and keeps the zero point.
 */
typedef struct {
    const float *scale;
    uint16_t in_width;
    uint16_t channels;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride;
    uint16_t dilation;
    uint16_t pad_left;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_pool;
