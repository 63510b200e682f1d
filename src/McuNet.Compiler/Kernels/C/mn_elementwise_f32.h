/* Parameter blocks of functions of two real operands, numbered and stepped through as in mn_elementwise.h. */
typedef struct {
    float low;
    float high;
    uint32_t column_a;
    uint32_t channel_a;
    uint32_t column_b;
    uint32_t channel_b;
    uint32_t channels;
    uint32_t function;
} mn_elementwise_f32;

/* The second operand is constant: its element is constant[step * row + ...]. */
typedef struct {
    const float *constant;
    uint32_t row;
    float low;
    float high;
    uint32_t column_a;
    uint32_t channel_a;
    uint32_t column_b;
    uint32_t channel_b;
    uint32_t channels;
    uint32_t function;
} mn_elementwise_constant_f32;
