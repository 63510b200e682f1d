/* Parameter block of transposed convolutions in float32, fields as in mn_conv_transpose; weights [out_channels][kernel_height][kernel_width][group_inputs]. */
typedef struct {
    const float *weights;
    const float *bias;
    float low;
    float high;
    uint16_t in_height;
    uint16_t in_width;
    uint16_t in_channels;
    uint16_t group_inputs;
    uint16_t group_outputs;
    uint16_t out_channels;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride_height;
    uint16_t stride_width;
    uint16_t dilation_height;
    uint16_t dilation_width;
    uint16_t tap_rows;
    uint16_t tap_columns;
    uint16_t place_rows;
    uint16_t place_columns;
    uint16_t pad_top;
    uint16_t pad_left;
} mn_conv_transpose_f32;
