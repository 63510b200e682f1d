/* Parameter blocks of rows of a table, of some bytes each, chosen by numbers. */
typedef struct {
    uint32_t count;
    uint32_t bytes;
} mn_gather;

typedef struct {
    const int8_t *table;
    uint32_t count;
    uint32_t bytes;
} mn_gather_constant;

/* The row of a number: from the end where it is negative, the nearest where there is none, the first of what is no number. */
MN_INLINE uint32_t mn_gather_row(float number, uint32_t count)
{
    const float at = number < 0.0f ? mn_rounded(number + (float)(int32_t)count) : number;
    return at >= 0.0f ? at < (float)(int32_t)count ? (uint32_t)(int32_t)at : count - 1u : 0u;
}
