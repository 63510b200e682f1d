/*
 * Adds n products to the sums of four channels of each of four pixels, [pixel][channel]; the inputs of a pixel lie `next` floats behind those of the one
 * before. As mn_real_sums4, in the same order. Two inputs at a time: s0-s15 are the sums, s16-s23 eight weights, s24 and s25 two inputs.
 */
#if defined(__ARM_FP) && defined(__GNUC__)

#define MN_REAL_INPUT(x, w0, w1, w2, w3, a0, a1, a2, a3) \
    "vmul.f32 s26, " x ", " w0 "\n vmul.f32 s27, " x ", " w1 "\n vmul.f32 s28, " x ", " w2 "\n vmul.f32 s29, " x ", " w3 "\n" \
    "vadd.f32 " a0 ", " a0 ", s26\n vadd.f32 " a1 ", " a1 ", s27\n vadd.f32 " a2 ", " a2 ", s28\n vadd.f32 " a3 ", " a3 ", s29\n"
#define MN_REAL_PIXEL(at, a0, a1, a2, a3) \
    "vldmia " at "!, {s24, s25}\n" MN_REAL_INPUT("s24", "s16", "s17", "s18", "s19", a0, a1, a2, a3) MN_REAL_INPUT("s25", "s20", "s21", "s22", "s23", a0, a1, a2, a3)

#define MN_REAL_LAST(at, a0, a1, a2, a3) "vldr s24, [" at "]\n" MN_REAL_INPUT("s24", "s16", "s17", "s18", "s19", a0, a1, a2, a3)

MN_INLINE void mn_real_sums4by4(float *sums, const float *x, size_t next, const float *w, uint32_t n)
{
    const float *a = x, *b = x + next, *c = x + 2u * next, *d = x + 3u * next;
    uint32_t pairs = n >> 1;
    __asm volatile(
        "vldmia %[sums], {s0-s15}\n cmp %[pairs], #0\n beq .Lodd%=\n"
        ".Lpair%=:\n vldmia %[w]!, {s16-s23}\n"
        MN_REAL_PIXEL("%[a]", "s0", "s1", "s2", "s3") MN_REAL_PIXEL("%[b]", "s4", "s5", "s6", "s7")
        MN_REAL_PIXEL("%[c]", "s8", "s9", "s10", "s11") MN_REAL_PIXEL("%[d]", "s12", "s13", "s14", "s15")
        "subs %[pairs], %[pairs], #1\n bne .Lpair%=\n"
        ".Lodd%=: tst %[n], #1\n beq .Lend%=\n vldmia %[w], {s16-s19}\n"
        MN_REAL_LAST("%[a]", "s0", "s1", "s2", "s3") MN_REAL_LAST("%[b]", "s4", "s5", "s6", "s7")
        MN_REAL_LAST("%[c]", "s8", "s9", "s10", "s11") MN_REAL_LAST("%[d]", "s12", "s13", "s14", "s15")
        ".Lend%=: vstmia %[sums], {s0-s15}\n"
        : [a] "+&r"(a), [b] "+&r"(b), [c] "+&r"(c), [d] "+&r"(d), [w] "+&r"(w), [pairs] "+&r"(pairs)
        : [sums] "r"(sums), [n] "r"(n)
        : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23",
          "s24", "s25", "s26", "s27", "s28", "s29", "cc", "memory");
}

#else

MN_INLINE void mn_real_sums4by4(float *sums, const float *x, size_t next, const float *w, uint32_t n)
{
    for (uint32_t pixel = 0; pixel < 4u; pixel++)
        mn_real_sums4(sums + 4u * pixel, x + pixel * next, NULL, w, n);
}

#endif
