/*
 * Parameter block of pooling of real numbers over a window; fields of columns as in mn_real.
 * count   by what an average divides; 0 for the number of inputs inside
 */
typedef struct {
    float low;
    float high;
    uint32_t count;
    uint16_t in_width;
    uint16_t channels;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride;
    uint16_t dilation;
    uint16_t pad_left;
} mn_pool_f32;
