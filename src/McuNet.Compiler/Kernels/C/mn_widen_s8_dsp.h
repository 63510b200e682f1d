/*
 * Widens int8 to int16 pairs for mn_dot: of each four values (v0, v2) then (v1, v3). Words of the result lie `step` words apart
 * (2 for a pixel of an interleaved pair). Source at any address; result 4-byte aligned; no overlap. Returns the next free word.
 */
#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)

#define MN_WIDEN_WORD(word, low, high) \
    "sxtb16 %[t], " word "\n str %[t], [%[to], #" low "]\n sxtb16 " word ", " word ", ror #8\n str " word ", [%[to], #" high "]\n"

#define MN_WIDEN(linkage, name, step, o0, o1, o2, o3, o4, o5, o6, o7) \
    linkage uint32_t *name(uint32_t *to, const int8_t *from, uint32_t quads) \
    { \
        uint32_t a, b, c, d, t; \
        for (; quads >= 4u; quads -= 4u, to += 8 * (step)) \
            __asm volatile( \
                "ldr %[a], [%[from]], #4\n ldr %[b], [%[from]], #4\n ldr %[c], [%[from]], #4\n ldr %[d], [%[from]], #4\n" \
                MN_WIDEN_WORD("%[a]", o0, o1) MN_WIDEN_WORD("%[b]", o2, o3) MN_WIDEN_WORD("%[c]", o4, o5) MN_WIDEN_WORD("%[d]", o6, o7) \
                : [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d), [t] "=&r"(t), [from] "+&r"(from) \
                : [to] "r"(to) \
                : "memory"); \
        for (; quads != 0u; quads--, to += 2 * (step)) \
            __asm volatile( \
                "ldr %[a], [%[from]], #4\n" MN_WIDEN_WORD("%[a]", o0, o1) \
                : [a] "=&r"(a), [t] "=&r"(t), [from] "+&r"(from) \
                : [to] "r"(to) \
                : "memory"); \
        return to; \
    }

MN_WIDEN(MN_SHARED, mn_widen1_s8, 1, "0", "4", "8", "12", "16", "20", "24", "28")
MN_WIDEN(MN_INLINE, mn_widen2_s8, 2, "0", "8", "16", "24", "32", "40", "48", "56")

#else

MN_INLINE uint32_t mn_widen_pair(const int8_t *low, const int8_t *high)
{
    return (uint32_t)(uint16_t)*low | (uint32_t)(uint16_t)*high << 16;
}

MN_INLINE uint32_t *mn_widen_s8(uint32_t *to, const int8_t *from, uint32_t quads, uint32_t step)
{
    for (; quads != 0u; quads--, from += 4, to += 2u * step) {
        to[0] = mn_widen_pair(from, from + 2);
        to[step] = mn_widen_pair(from + 1, from + 3);
    }
    return to;
}

MN_INLINE uint32_t *mn_widen1_s8(uint32_t *to, const int8_t *from, uint32_t quads)
{
    return mn_widen_s8(to, from, quads, 1);
}

MN_INLINE uint32_t *mn_widen2_s8(uint32_t *to, const int8_t *from, uint32_t quads)
{
    return mn_widen_s8(to, from, quads, 2);
}

#endif

/* The last one to three values: (v0, v1), (v2, 0), in two words. */
MN_INLINE uint32_t *mn_widen_rest(uint32_t *to, const int8_t *from, uint32_t rest, uint32_t step)
{
    to[0] = (uint32_t)(uint16_t)from[0] | (rest > 1u ? (uint32_t)(uint16_t)from[1] << 16 : 0u);
    to[step] = rest > 2u ? (uint32_t)(uint16_t)from[2] : 0u;
    return to + 2u * step;
}
