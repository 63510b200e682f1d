/*
 * Parameter block of reductions of real numbers: outputs, columns, channels, column, channel and steps as in mn_reduce. function: 0 sum, 1 mean, by
 * division by count, 2 least, 3 largest, 4 product.
 */
typedef struct {
    float low;
    float high;
    uint32_t outputs;
    uint32_t columns;
    uint32_t channels;
    uint32_t column;
    uint32_t channel;
    uint32_t steps;
    uint32_t count;
    uint32_t function;
} mn_reduce_f32;
