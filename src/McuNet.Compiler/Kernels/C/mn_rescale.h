/*
 * Parameter block of changes of quantisation where a table would have 65,536 entries:
 * clamp(round_half_even((float)(x - in_zero) * in_scale / scale) + zero, out_min, out_max), every operation rounded on its own.
 */
typedef struct {
    float in_scale;
    float scale;
    int16_t in_zero;
    int16_t zero;
    int16_t out_min;
    int16_t out_max;
    uint32_t channels;
} mn_rescale;
