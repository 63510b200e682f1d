/*
 * Four output channels of four pixels from bias to store, with sums in registers all the while. Bytes, but for the counts:
 * offset   from a row to the first input of the first pixel
 * next     from a pixel's inputs to those of the next
 * n, runs  inputs of a run and runs of a row of the window; gap from the end of a run to the next
 * skip     from the last weight of a row that is read to the first of the next
 * stride   from a pixel's outputs to those of the next
 * open     1 where `high` is the largest number there is, 2 where `low` is the least as well: then sums that are finite need no limit
 */
typedef struct {
    uint32_t offset;
    uint32_t next;
    uint32_t n;
    uint32_t runs;
    uint32_t gap;
    uint32_t skip;
    float low;
    float high;
    uint32_t open;
    uint32_t stride;
} mn_real_four;

/* Without a window; the output channels of a layer lie one behind the other. */
MN_INLINE mn_real_four mn_real_four_of(const mn_real *p)
{
    const mn_real_four four = { 0u, 4u * p->stride * p->in_channels, p->in_channels, 1u, 0u, 0u, p->low, p->high,
                                p->high < 3.40282347e+38f ? 0u : p->low > -3.40282347e+38f ? 1u : 2u, 4u * p->out_channels };
    return four;
}

#if defined(__ARM_FP) && defined(__GNUC__)

/* mn_limit by s16 and s17 in two halves: neither comparison holds for what is not a number. */
#define MN_REAL_LOW(v) "vcmpe.f32 " v ", s16\n vmrs apsr_nzcv, fpscr\n it mi\n vmovmi.f32 " v ", s16\n"
#define MN_REAL_HIGH(v) "vcmpe.f32 " v ", s17\n vmrs apsr_nzcv, fpscr\n it gt\n vmovgt.f32 " v ", s17\n"
#define MN_REAL_ALL(of) of("s0") of("s1") of("s2") of("s3") of("s4") of("s5") of("s6") of("s7") of("s8") of("s9") of("s10") of("s11") of("s12") of("s13") of("s14") of("s15")
#define MN_REAL_ONE(at, a0, a1, a2, a3) "vldmia " at "!, {s24}\n" MN_REAL_INPUT("s24", "s16", "s17", "s18", "s19", a0, a1, a2, a3)

/*
 * Weights of a row of the window lie behind those of the one before; null is a padding row. s0-s15 are the sums, s16-s23 weights, s24 and s25 inputs. A sum of
 * all sums is not finite where one of them is not.
 */
MN_INLINE void mn_real_four_pixels(const mn_real_four *f, const int8_t *const *rows, uint32_t count, const float *w, const float *bias, float *out)
{
    const void *a = bias, *b, *c, *d;
    uint32_t pairs, runs;
    __asm volatile(
        "vldmia %[a], {s0-s3}\n"
        "vmov.f32 s4, s0\n vmov.f32 s5, s1\n vmov.f32 s6, s2\n vmov.f32 s7, s3\n vmov.f32 s8, s0\n vmov.f32 s9, s1\n"
        "vmov.f32 s10, s2\n vmov.f32 s11, s3\n vmov.f32 s12, s0\n vmov.f32 s13, s1\n vmov.f32 s14, s2\n vmov.f32 s15, s3\n"
        ".Lrow%=: ldr %[a], [%[rows]], #4\n ldr %[runs], [%[f], #12]\n cmp %[a], #0\n beq .Lnone%=\n"
        "ldr %[b], [%[f]]\n ldr %[d], [%[f], #4]\n add %[a], %[a], %[b]\n add %[b], %[a], %[d]\n add %[c], %[b], %[d]\n add %[d], %[c], %[d]\n"
        ".Lrun%=: ldr %[pairs], [%[f], #8]\n lsrs %[pairs], %[pairs], #1\n beq .Lodd%=\n"
        ".Lpair%=: vldmia %[w]!, {s16-s23}\n"
        MN_REAL_PIXEL("%[a]", "s0", "s1", "s2", "s3") MN_REAL_PIXEL("%[b]", "s4", "s5", "s6", "s7")
        MN_REAL_PIXEL("%[c]", "s8", "s9", "s10", "s11") MN_REAL_PIXEL("%[d]", "s12", "s13", "s14", "s15")
        "subs %[pairs], %[pairs], #1\n bne .Lpair%=\n"
        ".Lodd%=: ldr %[pairs], [%[f], #8]\n lsls %[pairs], %[pairs], #31\n beq .Leven%=\n vldmia %[w]!, {s16-s19}\n"
        MN_REAL_ONE("%[a]", "s0", "s1", "s2", "s3") MN_REAL_ONE("%[b]", "s4", "s5", "s6", "s7")
        MN_REAL_ONE("%[c]", "s8", "s9", "s10", "s11") MN_REAL_ONE("%[d]", "s12", "s13", "s14", "s15")
        ".Leven%=: subs %[runs], %[runs], #1\n beq .Lnext%=\n"
        "ldr %[pairs], [%[f], #16]\n add %[a], %[a], %[pairs]\n add %[b], %[b], %[pairs]\n add %[c], %[c], %[pairs]\n add %[d], %[d], %[pairs]\n b .Lrun%=\n"
        ".Lnone%=: ldr %[b], [%[f], #8]\n mul %[b], %[b], %[runs]\n add %[w], %[w], %[b], lsl #4\n"
        ".Lnext%=: ldr %[pairs], [%[f], #20]\n add %[w], %[w], %[pairs]\n subs %[count], %[count], #1\n bne .Lrow%=\n"
        "ldr %[runs], [%[f], #32]\n vldr s16, [%[f], #24]\n vldr s17, [%[f], #28]\n cmp %[runs], #0\n beq .Lhigh%=\n"
        "vadd.f32 s18, s0, s1\n vadd.f32 s19, s2, s3\n vadd.f32 s20, s4, s5\n vadd.f32 s21, s6, s7\n"
        "vadd.f32 s18, s18, s8\n vadd.f32 s19, s19, s9\n vadd.f32 s20, s20, s10\n vadd.f32 s21, s21, s11\n"
        "vadd.f32 s18, s18, s12\n vadd.f32 s19, s19, s13\n vadd.f32 s20, s20, s14\n vadd.f32 s21, s21, s15\n"
        "vadd.f32 s18, s18, s19\n vadd.f32 s20, s20, s21\n vadd.f32 s18, s18, s20\n vmov %[pairs], s18\n"
        "ubfx %[pairs], %[pairs], #23, #8\n cmp %[pairs], #255\n beq .Lhigh%=\n cmp %[runs], #2\n beq .Lstore%=\n b .Llow%=\n"
        ".Lhigh%=:\n" MN_REAL_ALL(MN_REAL_HIGH)
        ".Llow%=:\n" MN_REAL_ALL(MN_REAL_LOW)
        ".Lstore%=: ldr %[a], [%[f], #36]\n vstmia %[out], {s0-s3}\n add %[out], %[out], %[a]\n vstmia %[out], {s4-s7}\n add %[out], %[out], %[a]\n"
        "vstmia %[out], {s8-s11}\n add %[out], %[out], %[a]\n vstmia %[out], {s12-s15}\n"
        : [a] "+&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d), [w] "+&r"(w), [rows] "+&r"(rows), [count] "+&r"(count), [out] "+&r"(out), [pairs] "=&r"(pairs),
          [runs] "=&r"(runs)
        : [f] "r"(f)
        : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23",
          "s24", "s25", "s26", "s27", "s28", "s29", "cc", "memory");
}

#else

MN_INLINE void mn_real_four_pixels(const mn_real_four *f, const int8_t *const *rows, uint32_t count, const float *w, const float *bias, float *out)
{
    for (uint32_t pixel = 0; pixel < 4u; pixel++) {
        float sums[4] = { bias[0], bias[1], bias[2], bias[3] };
        const float *v = w;
        for (uint32_t ky = 0; ky < count; ky++, v += f->skip / 4u) {
            const int8_t *x = rows[ky] == NULL ? NULL : rows[ky] + f->offset + pixel * f->next;
            for (uint32_t run = 0; run < f->runs; run++, v += 4u * f->n) {
                if (x == NULL)
                    continue;
                mn_real_sums4(sums, (const float *)(const void *)x, NULL, v, f->n);
                x += 4u * f->n + f->gap;
            }
        }
        for (uint32_t i = 0; i < 4u; i++)
            out[pixel * (f->stride / 4u) + i] = mn_limit(sums[i], f->low, f->high);
    }
}

#endif
