/*
 * Parameter block of products of two activations: row_, column_, channel_ and inner_ lead from what an element of the result reads of an operand to what the
 * next row, column, channel and term of the sum do. A row_ of 0: the operand's pointer is that of the row, or all rows read the same.
 */
typedef struct {
    float scale;
    uint32_t row_a;
    uint32_t column_a;
    uint32_t channel_a;
    uint32_t inner_a;
    uint32_t row_b;
    uint32_t column_b;
    uint32_t channel_b;
    uint32_t inner_b;
    uint32_t inner;
    uint32_t channels;
    int16_t zero_a;
    int16_t zero_b;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_matmul;
