/* Parameter block of a copy: number of elements, or of bytes where the type is not known. */
typedef struct {
    uint32_t count;
} mn_copy;
