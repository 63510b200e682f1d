/* Parameter block of sums and products of real tensors: the range of the fused activation. */
typedef struct {
    float low;
    float high;
    uint32_t channels;
} mn_elements;
