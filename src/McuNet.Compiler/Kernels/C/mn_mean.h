/*
 * Parameter block of means: a row is `columns` groups of `channels` sums, `steps` rows are summed.
 * bias is -in_zero times the number of inputs of a sum, scale is input scale / (output scale * that number).
 */
typedef struct {
    float scale;
    int32_t bias;
    uint32_t channels;
    uint16_t columns;
    uint16_t steps;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_mean;
