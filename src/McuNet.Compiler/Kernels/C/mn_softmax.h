/*
 * Parameter block of softmax over the channels of a pixel.
 * table   [256], unit * exp((i - 255) * input scale), unit small enough that no sum of channels overflows
 * steps   output steps that stand for one; highest is the largest output
 */
typedef struct {
    const uint32_t *table;
    uint32_t steps;
    uint32_t channels;
    int16_t out_zero;
    int16_t highest;
} mn_softmax;
