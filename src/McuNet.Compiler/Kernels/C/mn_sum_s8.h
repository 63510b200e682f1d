/* Sum of n bytes: what a weight zero point is multiplied with. */
MN_INLINE int32_t mn_sum_s8(const int8_t *x, uint32_t n)
{
    int32_t sum = 0;
    for (; n != 0u; n--)
        sum += *x++;
    return sum;
}
