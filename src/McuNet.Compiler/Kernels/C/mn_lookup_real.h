/* Parameter block of functions of int8 whose results are real numbers: table[(uint8_t)in]. */
typedef struct {
    const float *table;
    uint32_t channels;
} mn_lookup_real;
