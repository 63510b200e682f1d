/* Parameter block of the sum of two tensors by integers: clamp((a * multiplier_a + b * multiplier_b + offset) >> shift). */
typedef struct {
    int32_t multiplier_a;
    int32_t multiplier_b;
    int32_t offset;
    uint16_t channels;
    uint8_t shift;
    int16_t out_min;
    int16_t out_max;
} mn_add;
