/* Sums of products with weights that are widened one by one, for a single pixel: in the order of the taps, each product and each sum rounded on its own. */

/* Adds the products of n inputs with taps [tap, tap + n) of a block of four channels. */
MN_SHARED void mn_packed_sums4(const mn_packed *w, float *sums, const float *x, uint32_t channel, uint32_t tap, uint32_t n)
{
    float a0 = sums[0], a1 = sums[1], a2 = sums[2], a3 = sums[3];
    while (n != 0u) {
        const size_t first = mn_packed_at(w, channel, 4u, tap);
        uint32_t run = n;
        if (w->bits == 16u) {
            const int8_t *q = w->weights + 2u * first;
            for (uint32_t i = run; i != 0u; i--, q += 8) {
                const float v = *x++;
                float h[4];
                mn_packed_halves(q, h);
                mn_packed_halves(q + 4, h + 2);
                a0 = a0 + mn_rounded(v * h[0]);
                a1 = a1 + mn_rounded(v * h[1]);
                a2 = a2 + mn_rounded(v * h[2]);
                a3 = a3 + mn_rounded(v * h[3]);
            }
        } else {
            run = mn_packed_run(w, tap, n);
            const size_t at = mn_packed_scale(w, channel, 4u, tap);
            const float s0 = w->scale[at], s1 = w->scale[at + 1u], s2 = w->scale[at + 2u], s3 = w->scale[at + 3u];
            const int8_t *z = w->zero + (w->zeros != 0u ? at : 0u), *q = w->weights;
            const int32_t next = w->zeros != 0u ? 1 : 0, z0 = z[0], z1 = z[next], z2 = z[2 * next], z3 = z[3 * next];
            if (w->bits == 8u) {
                q += first;
                for (uint32_t i = run; i != 0u; i--, q += 4) {
                    const int32_t q0 = q[0], q1 = q[1], q2 = q[2], q3 = q[3];
                    const float v = *x++;
                    a0 = a0 + mn_rounded(v * mn_rounded((float)(q0 - z0) * s0));
                    a1 = a1 + mn_rounded(v * mn_rounded((float)(q1 - z1) * s1));
                    a2 = a2 + mn_rounded(v * mn_rounded((float)(q2 - z2) * s2));
                    a3 = a3 + mn_rounded(v * mn_rounded((float)(q3 - z3) * s3));
                }
            } else {
                q += first >> 1;
                for (uint32_t i = run; i != 0u; i--, q += 2) {
                    const int32_t low = q[0], high = q[1];
                    const float v = *x++;
                    a0 = a0 + mn_rounded(v * mn_rounded((float)(((int32_t)((uint32_t)low << 28) >> 28) - z0) * s0));
                    a1 = a1 + mn_rounded(v * mn_rounded((float)((low >> 4) - z1) * s1));
                    a2 = a2 + mn_rounded(v * mn_rounded((float)(((int32_t)((uint32_t)high << 28) >> 28) - z2) * s2));
                    a3 = a3 + mn_rounded(v * mn_rounded((float)((high >> 4) - z3) * s3));
                }
            }
        }
        tap += run;
        n -= run;
    }
    sums[0] = a0, sums[1] = a1, sums[2] = a2, sums[3] = a3;
}

/* Adds the products of n inputs with taps [tap, tap + n) of one channel. */
MN_INLINE float mn_packed_sum(const mn_packed *w, float sum, const float *x, uint32_t channel, uint32_t tap, uint32_t n)
{
    size_t at = mn_packed_at(w, channel, 1u, tap);
    if (w->bits == 16u) {
        for (const int8_t *q = w->weights + 2u * at; n != 0u; n--, q += 2)
            sum = sum + mn_rounded(*x++ * mn_packed_half(q));
        return sum;
    }
    while (n != 0u) {
        const uint32_t run = mn_packed_run(w, tap, n);
        const size_t place = mn_packed_scale(w, channel, 1u, tap);
        const float s = w->scale[place];
        const int32_t z = w->zero[w->zeros != 0u ? place : 0u];
        if (w->bits == 8u) {
            for (uint32_t i = run; i != 0u; i--, at++)
                sum = sum + mn_rounded(*x++ * mn_rounded((float)(w->weights[at] - z) * s));
        } else {
            for (uint32_t i = run; i != 0u; i--, at++)
                sum = sum + mn_rounded(*x++ * mn_rounded((float)(mn_packed_nibble(w->weights, at) - z) * s));
        }
        tap += run;
        n -= run;
    }
    return sum;
}
