/* Parameter block of products of two real activations; steps as in mn_matmul. */
typedef struct {
    float low;
    float high;
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
} mn_matmul_f32;
