/*
 * Parameter block of transposed convolutions in float32 by packed weights [out_channels][kernel_height][kernel_width][group_inputs], as in mn_packed.h with
 * no blocks; other fields as in mn_conv_transpose.
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
    uint8_t bits;
    uint8_t zeros;
} mn_conv_transpose_packed;
