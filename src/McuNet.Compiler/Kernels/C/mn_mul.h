/* Parameter block of the product of two tensors: clamp(round_half_even((float)((a - zero_a) * (b - zero_b)) * scale) + zero). */
typedef struct {
    float scale;
    uint16_t channels;
    int16_t zero_a;
    int16_t zero_b;
    int16_t zero;
    int16_t out_min;
    int16_t out_max;
} mn_mul;
