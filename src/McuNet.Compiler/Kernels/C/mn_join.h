/* Parameter block of what stands one behind the other: bytes[i] of input i. */
typedef struct {
    const uint32_t *bytes;
    uint32_t inputs;
} mn_join;
