/*
 * Parameter block of the sum of two tensors in float32: clamp(round_half_even(a * ratio_a + (b * ratio_b + constant))), every operation
 * rounded on its own; the zero points are in the constant.
 */
typedef struct {
    float ratio_a;
    float ratio_b;
    float constant;
    uint16_t channels;
    int16_t out_min;
    int16_t out_max;
} mn_add_float;
