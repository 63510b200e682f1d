/* Parameter block of means of real numbers: a row is `columns` groups of `channels` sums, `steps` rows are summed; a sum has `count` numbers. */
typedef struct {
    float low;
    float high;
    uint32_t channels;
    uint32_t count;
    uint16_t columns;
    uint16_t steps;
} mn_mean_f32;
