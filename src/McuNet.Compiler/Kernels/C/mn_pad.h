/*
 * Parameter block of a padded row, all but `pixels` and `fill` in bytes: what is filled left and right of the row, what is copied of each of the
 * pixels, what is filled in front of it and behind it. The lowest `size` bytes of fill, 1, 2 or 4, are an element.
 */
typedef struct {
    uint32_t left;
    uint32_t right;
    uint32_t pixels;
    uint32_t pixel;
    uint32_t front;
    uint32_t back;
    int32_t fill;
    uint32_t size;
} mn_pad;
