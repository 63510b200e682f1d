/* Parameter block of a range of columns: its first column in the input, bytes of a pixel. */
typedef struct {
    uint32_t first;
    uint32_t pixel;
} mn_slice_columns;
