/*
 * Sums of products in float32, each product and each sum rounded on its own, in the order of the inputs. Weights of four channels lie interleaved,
 * [inputs][4]; those of a single channel one behind the other.
 */

/* Adds n products to the sums of four channels of one or two pixels. */
MN_INLINE void mn_real_sums4(float *sums, const float *x, const float *y, const float *w, uint32_t n)
{
    float a0 = sums[0], a1 = sums[1], a2 = sums[2], a3 = sums[3];
    if (y == NULL) {
        for (; n != 0u; n--, w += 4) {
            const float v = *x++;
            a0 = a0 + mn_rounded(v * w[0]);
            a1 = a1 + mn_rounded(v * w[1]);
            a2 = a2 + mn_rounded(v * w[2]);
            a3 = a3 + mn_rounded(v * w[3]);
        }
    } else {
        float b0 = sums[4], b1 = sums[5], b2 = sums[6], b3 = sums[7];
        for (; n != 0u; n--, w += 4) {
            const float w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], v = *x++, u = *y++;
            a0 = a0 + mn_rounded(v * w0);
            b0 = b0 + mn_rounded(u * w0);
            a1 = a1 + mn_rounded(v * w1);
            b1 = b1 + mn_rounded(u * w1);
            a2 = a2 + mn_rounded(v * w2);
            b2 = b2 + mn_rounded(u * w2);
            a3 = a3 + mn_rounded(v * w3);
            b3 = b3 + mn_rounded(u * w3);
        }
        sums[4] = b0, sums[5] = b1, sums[6] = b2, sums[7] = b3;
    }
    sums[0] = a0, sums[1] = a1, sums[2] = a2, sums[3] = a3;
}

/* Adds n products to the sum of one channel. */
MN_INLINE float mn_real_sum(float sum, const float *x, const float *w, uint32_t n)
{
    for (; n != 0u; n--)
        sum = sum + mn_rounded(*x++ * *w++);
    return sum;
}
