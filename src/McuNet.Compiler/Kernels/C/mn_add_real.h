/*
 * Parameter block of the sum of two tensors in float32, rounded before the zero point:
 * clamp(round_half_even(((a - zero_a) * scale_a + (b - zero_b) * scale_b) / scale) + zero), every operation rounded on its own.
 */
typedef struct {
    float scale_a;
    float scale_b;
    float scale;
    int16_t zero_a;
    int16_t zero_b;
    int16_t zero;
    int16_t out_min;
    int16_t out_max;
    uint16_t channels;
} mn_add_real;
