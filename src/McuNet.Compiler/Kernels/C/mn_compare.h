/*
 * Parameter blocks of comparisons of two operands, of integers as the real numbers (a - zero_a) * scale_a that they stand for: the result is `yes` or
 * `no`. column_ and channel_ lead from a column and a channel of an operand to the next, 0 where it has only one.
 */
typedef struct {
    float scale_a;
    float scale_b;
    uint32_t column_a;
    uint32_t channel_a;
    uint32_t column_b;
    uint32_t channel_b;
    uint32_t channels;
    uint32_t function;
    int16_t zero_a;
    int16_t zero_b;
    int16_t yes;
    int16_t no;
} mn_compare;

/* The second operand is constant, real numbers: its element is constant[step * row + ...]. */
typedef struct {
    const float *constant;
    uint32_t row;
    float scale_a;
    uint32_t column_a;
    uint32_t channel_a;
    uint32_t column_b;
    uint32_t channel_b;
    uint32_t channels;
    uint32_t function;
    int16_t zero_a;
    int16_t yes;
    int16_t no;
} mn_compare_constant;

typedef struct {
    float yes;
    float no;
    uint32_t column_a;
    uint32_t channel_a;
    uint32_t column_b;
    uint32_t channel_b;
    uint32_t channels;
    uint32_t function;
} mn_compare_f32;

typedef struct {
    const float *constant;
    uint32_t row;
    float yes;
    float no;
    uint32_t column_a;
    uint32_t channel_a;
    uint32_t column_b;
    uint32_t channel_b;
    uint32_t channels;
    uint32_t function;
} mn_compare_constant_f32;

MN_INLINE int mn_compare_of(uint32_t function, float a, float b)
{
    switch (function) {
    case 13: return a == b;
    case 14: return !(a == b);
    case 15: return a < b;
    case 16: return a <= b;
    case 17: return a > b;
    default: return a >= b;
    }
}
