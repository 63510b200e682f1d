/*
 * Parameter block of weighted sums of rows and columns: output row y is the sum of input rows rows[y] to rows[y] + row_taps - 1 times the row_taps weights
 * from row_weights[y * row_taps] on, and so for columns.
 */
typedef struct {
    const uint16_t *rows;
    const float *row_weights;
    const uint16_t *columns;
    const float *column_weights;
    float low;
    float high;
    uint32_t row_taps;
    uint32_t column_taps;
    uint32_t row;
    uint32_t channels;
} mn_resample_f32;
