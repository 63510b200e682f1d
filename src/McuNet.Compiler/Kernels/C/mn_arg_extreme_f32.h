/* Parameter block of the channel of the largest or least real value; `last` where the last of equal values counts. */
typedef struct {
    uint32_t channels;
    int16_t least;
    int16_t last;
} mn_arg_extreme_f32;
