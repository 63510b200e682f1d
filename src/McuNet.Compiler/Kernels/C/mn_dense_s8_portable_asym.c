/* Fully connected layer, weights with zero points: mn_dense_s8.h. */
MN_KERNEL void mn_dense_s8_portable_asym(const mn_dense *p, const int8_t *in, int8_t *out)
{
    mn_dense_any_s8(p, in, out, p->weight_zero, mn_sum_s8(in, p->in_count));
}
