/* Parameter block of chosen pixels: source[x] is the input column of output column x, bytes of a pixel. */
typedef struct {
    const uint16_t *source;
    uint32_t pixel;
} mn_select_pixels;

/* Parameter block of neighbouring channels: the first byte in a pixel, bytes from there, bytes of an input pixel. */
typedef struct {
    uint32_t first;
    uint32_t bytes;
    uint32_t pixel;
} mn_slice_channels;

/* Parameter block of chosen channels: output channel c is input channel source[c]; bytes of an input pixel, bytes of an element: 1, 2 or 4. */
typedef struct {
    const uint16_t *source;
    uint32_t channels;
    uint32_t pixel;
    uint32_t size;
} mn_select_channels;
