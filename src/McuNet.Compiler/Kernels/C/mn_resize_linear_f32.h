/* Parameter block of linear resizing of real numbers: output row y lies row_weights[y] of the way from input row rows[y] to the next, and so for columns. */
typedef struct {
    const uint16_t *rows;
    const float *row_weights;
    const uint16_t *columns;
    const float *column_weights;
    float low;
    float high;
    uint32_t row;
    uint32_t channels;
} mn_resize_linear_f32;
