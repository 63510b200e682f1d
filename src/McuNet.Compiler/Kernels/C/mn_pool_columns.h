/* The kernel columns [begin, end) that lie inside of the input for output column x; returns the input column of kernel column 0. */
MN_INLINE int32_t mn_pool_columns(const mn_pool *p, uint32_t x, int32_t *begin, int32_t *end)
{
    const int32_t first = (int32_t)(x * p->stride) - (int32_t)p->pad_left;
    *begin = 0;
    *end = p->kernel_width;
    while (*begin < *end && first + *begin * p->dilation < 0)
        ++*begin;
    while (*end > *begin && first + (*end - 1) * p->dilation >= (int32_t)p->in_width)
        --*end;
    return first;
}
