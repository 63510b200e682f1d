/* Parameter block of functions of each real number: constants of the function, the range of the fused activation. */
typedef struct {
    float a;
    float b;
    float low;
    float high;
    uint32_t channels;
} mn_unary;
