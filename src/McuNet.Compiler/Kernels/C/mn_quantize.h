/*
 * Parameter block of conversions between 8 bits and float32, channels elements per column.
 * To 8 bits: clamp(round_half_even(x / scale) + zero, out_min, out_max), where NaN counts as 0. To float32: (x - zero) * scale, in [low, high].
 */
typedef struct {
    float scale;
    float low;
    float high;
    uint32_t channels;
    int16_t zero;
    int16_t out_min;
    int16_t out_max;
} mn_quantize;
