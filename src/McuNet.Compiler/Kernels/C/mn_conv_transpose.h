/*
 * Parameter block of transposed convolutions: output (y, x) has tap (i, j) of input (r, c) where y = r * stride_height - pad_top + i * dilation_height,
 * and so for columns.
 * weights      [out_channels][kernel_height][kernel_width][group_inputs], fewer than 32768 of the last so that their sum has 32 bits
 * bias, scale, weight_zero  [out_channels]
 * tap_rows, tap_columns     from a tap whose input lies at a whole place to the next: stride / gcd(stride, dilation); the place is then
 * place_rows, place_columns before: dilation / gcd(stride, dilation)
 */
typedef struct {
    const int8_t *weights;
    const int32_t *bias;
    const float *scale;
    const int8_t *weight_zero;
    uint16_t in_height;
    uint16_t in_width;
    uint16_t in_channels;
    int16_t group_inputs;
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
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_conv_transpose;
