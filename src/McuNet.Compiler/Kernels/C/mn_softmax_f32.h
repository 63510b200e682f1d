/* Parameter block of softmax of real numbers. */
typedef struct {
    uint32_t channels;
} mn_softmax_f32;
