/* Parameter block of the logarithm of softmax: table[256] is exp((i - 255) * in_scale). */
typedef struct {
    const float *table;
    float in_scale;
    uint32_t channels;
} mn_log_softmax;
