/* Row buffers: row y of a tensor lies in slot y mod slots. */
MN_INLINE uint8_t *mn_row(uint8_t *base, uint32_t row, uint32_t slots, uint32_t row_bytes)
{
    if (row >= slots)
        row %= slots;
    return base + row * row_bytes;
}

/* Pointers to the rows first, first + dilation, ... of a window; NULL for a row outside the tensor. */
MN_INLINE void mn_window(const int8_t **rows, uint32_t kernel, uint8_t *base, int32_t first, uint32_t dilation,
                             uint32_t height, uint32_t slots, uint32_t row_bytes)
{
#if defined(__GNUC__)
    /* Otherwise GCC would conclude from a row that is NULL that all of the arena is, and warn of accesses to it. */
    __asm__("" : "+r"(base));
#endif
    for (uint32_t i = 0; i < kernel; i++, first += (int32_t)dilation) {
#if defined(__ARM_FEATURE_MVE) && defined(__GNUC__)
        /* GCC 12 would make vectors of these few addresses, and counts their bytes wrongly: a short branch across them may not reach. */
        __asm__("" : "+r"(first));
#endif
        rows[i] = (uint32_t)first < height ? (const int8_t *)mn_row(base, (uint32_t)first, slots, row_bytes) : NULL;
    }
}
