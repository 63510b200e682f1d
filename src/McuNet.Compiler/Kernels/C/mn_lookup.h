/* Parameter block of functions of one byte: table[256] by the byte's bits, channels elements per column. */
typedef struct {
    const int8_t *table;
    uint32_t channels;
} mn_lookup;
