/* Product of two real activations, row `step` of the result, terms in order. Output may not overlap the operands. */
MN_KERNEL void mn_matmul_f32_portable(const mn_matmul_f32 *p, const float *a, const float *b, float *out, uint32_t x0, uint32_t x1, uint32_t step)
{
    a += (size_t)step * p->row_a + (size_t)x0 * p->column_a;
    b += (size_t)step * p->row_b + (size_t)x0 * p->column_b;
    out += (size_t)x0 * p->channels;
    for (; x0 < x1; x0++, a += p->column_a, b += p->column_b) {
        for (uint32_t c = 0; c < p->channels; c++) {
            const float *x = a + (size_t)c * p->channel_a, *y = b + (size_t)c * p->channel_b;
            float sum = 0.0f;
            for (uint32_t n = p->inner; n != 0u; n--, x += p->inner_a, y += p->inner_b)
                sum = sum + mn_rounded(*x * *y);
            *out++ = mn_limit(sum, p->low, p->high);
        }
    }
}
