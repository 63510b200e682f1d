/* Parameter block of nearest-neighbour resize: source[x] is the input column of output column x. */
typedef struct {
    const uint16_t *source;
    uint32_t channels;
} mn_resize;
