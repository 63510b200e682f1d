/* Parameter block of constant rows: bytes in the order of the tensor, and how many a row has. */
typedef struct {
    const int8_t *data;
    uint32_t row;
} mn_known;
