/* Parameter block of a copy: number of elements. */
typedef struct {
    uint32_t count;
} mn_copy;
