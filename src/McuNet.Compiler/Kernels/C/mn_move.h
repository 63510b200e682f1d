/* Short runs of bytes, in ascending order: the output may begin before the input where they overlap. */
MN_INLINE void mn_move(uint8_t *out, const uint8_t *in, size_t bytes)
{
    if (bytes >= 12u) {
        memmove(out, in, bytes);
        return;
    }
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC unroll 1
#endif
    while (bytes-- > 0u) {
#if defined(__GNUC__)
        /* Otherwise GCC makes a call of memcpy of a loop whose few turns cost less than the call. */
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
