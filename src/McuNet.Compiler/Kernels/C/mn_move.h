/*
 * A run of bytes, in ascending order: the output may begin before the input where they overlap. Rows and pixels are too short for the library, which
 * copies no faster than this does.
 */
MN_INLINE void mn_move(uint8_t *out, const uint8_t *in, size_t bytes)
{
    for (; bytes >= 16u; bytes -= 16u, in += 16, out += 16) {
        uint32_t a, b, c, d;
        memcpy(&a, in, 4u);
        memcpy(&b, in + 4, 4u);
        memcpy(&c, in + 8, 4u);
        memcpy(&d, in + 12, 4u);
        memcpy(out, &a, 4u);
        memcpy(out + 4, &b, 4u);
        memcpy(out + 8, &c, 4u);
        memcpy(out + 12, &d, 4u);
    }
    for (; bytes >= 4u; bytes -= 4u, in += 4, out += 4) {
        uint32_t a;
        memcpy(&a, in, 4u);
        memcpy(out, &a, 4u);
    }
    for (; bytes > 0u; bytes--) {
#if defined(__GNUC__)
        /* Otherwise GCC calls memmove for these few bytes. */
        __asm__("" : "+r"(in));
#endif
        *out++ = *in++;
    }
}

/* Count elements of 1, 2 or 4 bytes, or runs of more, each some bytes behind the one before. */
MN_INLINE void mn_move_strided(uint8_t *out, const uint8_t *in, uint32_t count, uint32_t from, uint32_t to, uint32_t size)
{
    if (size == 1u) {
        for (; count > 0u; count--, in += from, out += to)
            *out = *in;
    } else if (size == 2u) {
        for (; count > 0u; count--, in += from, out += to)
            memcpy(out, in, 2u);
    } else if (size == 4u) {
        for (; count > 0u; count--, in += from, out += to)
            memcpy(out, in, 4u);
    } else {
        for (; count > 0u; count--, in += from, out += to)
            mn_move(out, in, size);
    }
}
