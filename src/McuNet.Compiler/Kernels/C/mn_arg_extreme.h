/* Parameter block of the channel of the largest or least value: scale and zero point of its number; `last` where the last of equal values counts. */
typedef struct {
    float scale;
    uint32_t channels;
    int16_t least;
    int16_t last;
    int16_t out_zero;
} mn_arg_extreme;
