/* Parameter block of numbers between int32 and real numbers. Columns hold `channels` elements. */
typedef struct {
    uint32_t channels;
} mn_numbers;
