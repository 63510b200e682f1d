/* Fully connected layer, symmetric weights: mn_dense_s8.h. */
MN_KERNEL void mn_dense_s8_portable(const mn_dense *p, const int8_t *in, int8_t *out)
{
    mn_dense_any_s8(p, in, out, NULL, 0);
}
