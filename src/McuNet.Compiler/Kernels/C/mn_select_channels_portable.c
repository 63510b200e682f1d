/* Output channel c of pixels [x0, x1) is input channel source[c], elements of any type. Output may not overlap the row. */
MN_KERNEL void mn_select_channels_portable(const mn_select_channels *p, const void *row, void *out, uint32_t x0, uint32_t x1)
{
    const uint8_t *from = (const uint8_t *)row + x0 * p->pixel;
    const uint16_t *const end = p->source + p->channels;
    uint8_t *to = (uint8_t *)out + x0 * p->channels * p->size;
    for (; x0 < x1; x0++, from += p->pixel) {
        const uint16_t *source;
        if (p->size == 1u) {
            for (source = p->source; source < end; source++)
                *to++ = from[*source];
        } else if (p->size == 2u) {
            for (source = p->source; source < end; source++, to += 2)
                memcpy(to, from + *source * 2u, 2u);
        } else {
            for (source = p->source; source < end; source++, to += 4)
                memcpy(to, from + *source * 4u, 4u);
        }
    }
}
