/*
 * Parameter blocks of functions of two operands: clamp(round_half_even(f((a - zero_a) * scale_a, (b - zero_b) * scale_b) / scale) + zero), every
 * operation in float32 and rounded on its own. column_ and channel_ lead from a column and a channel of an operand to the next, 0 where it has only one.
 */
typedef struct {
    uint16_t column_a;
    uint16_t channel_a;
    uint16_t column_b;
    uint16_t channel_b;
    float scale_a;
    float scale;
    int16_t zero_a;
    int16_t zero;
    int16_t out_min;
    int16_t out_max;
    uint16_t channels;
    uint16_t function;
    float scale_b;
    int16_t zero_b;
} mn_elementwise;

/* The second operand is constant: its element is constant[step * row + ...]. */
typedef struct {
    const int8_t *constant;
    uint32_t row;
    uint16_t column_a;
    uint16_t channel_a;
    uint16_t column_b;
    uint16_t channel_b;
    float scale_a;
    float scale;
    int16_t zero_a;
    int16_t zero;
    int16_t out_min;
    int16_t out_max;
    uint16_t channels;
    uint16_t function;
    float scale_b;
    int16_t zero_b;
} mn_elementwise_constant;

typedef struct {
    const float *constant;
    uint32_t row;
    uint16_t column_a;
    uint16_t channel_a;
    uint16_t column_b;
    uint16_t channel_b;
    float scale_a;
    float scale;
    int16_t zero_a;
    int16_t zero;
    int16_t out_min;
    int16_t out_max;
    uint16_t channels;
    uint16_t function;
} mn_elementwise_real;

MN_INLINE float mn_elementwise_of(uint32_t function, float a, float b)
{
    switch (function) {
    case 0: return mn_rounded(a + b);
    case 1: return mn_rounded(a - b);
    case 2: return mn_rounded(a * b);
    case 3: return mn_rounded(a / b);
    case 4: return a < b ? a : b;
    case 5: return a > b ? a : b;
    case 6: return a < 0.0f ? mn_rounded(a * b) : a;
    case 7: return mn_rounded(b - a);
    default: return mn_rounded(b / a);
    }
}
