/*
 * Parameter block of joined channels: depths[i] channels of input i. numbers[i] is 0 where the bytes of input i are copied, else its table
 * begins at tables + 256 * (numbers[i] - 1) and is indexed by the byte's bits.
 */
typedef struct {
    const uint16_t *depths;
    const uint16_t *numbers;
    const int8_t *tables;
    uint16_t inputs;
    uint16_t channels;
} mn_concat;

/* The same where all bytes are copied: depths[i] bytes of a pixel of input i, bytes of an output pixel. */
typedef struct {
    const uint32_t *depths;
    uint32_t inputs;
    uint32_t pixel;
} mn_concat_bytes;
