/* The first tap of output `at` whose input lies inside [0, size), and where that is; `kernel` where there is none. */
MN_INLINE uint32_t mn_conv_transpose_first(int32_t at, uint32_t stride, uint32_t dilation, uint32_t kernel, int32_t size, uint32_t taps, uint32_t places, int32_t *place)
{
    uint32_t tap = 0;
    for (; tap < kernel && at % (int32_t)stride != 0; tap++)
        at -= (int32_t)dilation;
    for (*place = at / (int32_t)stride; tap < kernel && *place >= size; tap += taps)
        *place -= (int32_t)places;
    return tap;
}
