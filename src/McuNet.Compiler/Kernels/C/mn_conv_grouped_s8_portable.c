/*
 * Convolution with any window whose channels are in groups: two output pixels of a group at a time, their inputs gathered into scratch and their outputs
 * by way of it (2 * taps + 2 * outputs of a group). Rows may lie anywhere, null is a padding row; output may not overlap the rows.
 */
MN_KERNEL void mn_conv_grouped_s8_portable(const mn_conv_grouped *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1, void *scratch)
{
    mn_conv group = mn_group_first(p);
    const uint32_t outputs = group.out_channels, inputs = group.in_channels, taps = (uint32_t)p->kernel_height * p->kernel_width * inputs;
    int8_t *a = (int8_t *)scratch, *b = a + taps, *two = b + taps;
    for (uint32_t g = 0; g < p->groups; g++, mn_group_next(&group, taps)) {
        int8_t *to = out + (size_t)x0 * p->out_channels + g * outputs;
        for (uint32_t x = x0; x < x1; x++) {
            const uint32_t second = (x - x0) & 1u;
            mn_group_gather(p, &group, rows, x, g * inputs, second != 0u ? b : a);
            if (second != 0u) {
                mn_pixels2_s8(&group, a, b, taps, two);
                mn_group_copy(to, two, outputs);
                mn_group_copy(to + p->out_channels, two + outputs, outputs);
                to += 2u * p->out_channels;
            } else if (x + 1u == x1) {
                mn_pixel1_s8(&group, a, taps, to);
            }
        }
    }
}
