/* Parameter block of joined columns: bytes[i] of a row of input i. */
typedef struct {
    const uint32_t *bytes;
    uint32_t inputs;
} mn_join_columns;
