/*
 * Copies the inputs under the window at output column x into patch, [kernel_height][kernel_width][in_channels]. A null row and
 * columns outside of the input are padding, filled with in_zero.
 */
MN_INLINE void mn_gather_s8(const mn_conv *p, const int8_t *const *rows, uint32_t x, int8_t *patch)
{
    const size_t channels = p->in_channels;
    const int32_t taps = p->kernel_width, step = p->dilation, width = p->in_width;
    const int32_t first = (int32_t)(x * p->stride) - (int32_t)p->pad_left;
    uint32_t ky;
    int32_t kx;
    for (ky = 0; ky < p->kernel_height; ky++) {
        const int8_t *row = rows[ky];
        if (row != NULL && step == 1 && first >= 0 && first + taps <= width) {
            memcpy(patch, row + (size_t)first * channels, (size_t)taps * channels);
            patch += (size_t)taps * channels;
            continue;
        }
        for (kx = 0; kx < taps; kx++) {
            const int32_t column = first + kx * step;
            if (row == NULL || column < 0 || column >= width)
                memset(patch, p->in_zero, channels);
            else
                memcpy(patch, row + (size_t)column * channels, channels);
            patch += channels;
        }
    }
}
