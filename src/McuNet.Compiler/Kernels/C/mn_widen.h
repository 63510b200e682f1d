/* Parameter block of int8 that becomes int32: the integer that stands for 0. */
typedef struct {
    int32_t zero;
    uint32_t channels;
} mn_widen;
