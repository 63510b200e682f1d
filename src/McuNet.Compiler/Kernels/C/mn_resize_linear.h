/*
 * Parameter block of linear resizing. Output row y lies between input rows rows[y] and the next, row_weights[y] / row_units of the way, and so for columns.
 * bias is -in_zero * row_units * column_units, scale is input scale / (output scale * row_units * column_units).
 */
typedef struct {
    const uint16_t *rows;
    const uint16_t *row_weights;
    const uint16_t *columns;
    const uint16_t *column_weights;
    float scale;
    int32_t bias;
    uint32_t row_bytes;
    uint16_t channels;
    uint16_t row_units;
    uint16_t column_units;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_resize_linear;
