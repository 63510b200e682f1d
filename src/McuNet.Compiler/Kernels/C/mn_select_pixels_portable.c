/* Output column x is a copy of input column source[x], elements of any type. Output may not overlap the row. */
MN_KERNEL void mn_select_pixels_portable(const mn_select_pixels *p, const void *row, void *out, uint32_t x0, uint32_t x1)
{
    const size_t pixel = p->pixel;
    uint8_t *to = (uint8_t *)out + x0 * pixel;
    for (; x0 < x1; x0++, to += pixel)
        mn_move(to, (const uint8_t *)row + p->source[x0] * pixel, pixel);
}
