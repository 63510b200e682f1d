/*
 * Records of a stream in RAM, where reading them for every pair of pixels does not wait for flash. The last `kept` records are copied at an operator's
 * first step and stay until its last; the ones before them may lie for a while at the end of what the output has not reached yet:
 *
 *   stream    | 0 ... | read from flash | staged           | kept       |
 *   output    | done | pair | ............ | staged ........|
 */
MN_SHARED void mn_stage(uint32_t *to, const uint32_t *from, const uint32_t *end)
{
#if defined(__ARM_FEATURE_DSP) && defined(__GNUC__)
    for (uint32_t eights = (uint32_t)(end - from) >> 3; eights != 0u; eights--)
        __asm volatile(
            "ldm %[from]!, {r4-r6, r8-r12}\n stm %[to]!, {r4-r6, r8-r12}\n"
            : [from] "+&r"(from), [to] "+&r"(to)
            :
            : "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "memory");
#endif
    while (from != end)
        *to++ = *from++;
}

/* One pixel with the stream from `kept` on in RAM. */
MN_INLINE void mn_dot1_parts(mn_dot *dot, const uint32_t *kept, const uint32_t *kept_at)
{
    const uint32_t *const end = dot->stream_end;
    const uint32_t words = (uint32_t)(kept - dot->stream), record = 9u + 2u * (uint32_t)(dot->x_end - dot->x);
    if (words != 0u) {
        dot->stream_end = kept;
        mn_dot1_s8(dot);
        dot->out += 4u * (words / record);
    }
    dot->stream = kept_at;
    dot->stream_end = kept_at + (end - kept);
    mn_dot1_s8(dot);
}

/* Lets mn_dot2_s8 read the stream [begin, end) from flash up to `staged`, up to `kept` from `staged_at`, and the rest from `kept_at`. */
MN_INLINE void mn_dot_parts(mn_dot *dot, const uint32_t *const places[6])
{
    const uint32_t **next = dot->more;
    dot->stream = NULL;
    for (uint32_t i = 0; i < 6u; i += 2u) {
        if (places[i] == places[i + 1u])
            continue;
        if (dot->stream == NULL) {
            dot->stream = places[i];
            dot->stream_end = places[i + 1u];
        } else {
            *next++ = places[i];
            *next++ = places[i + 1u];
        }
    }
    *next = NULL;
}
