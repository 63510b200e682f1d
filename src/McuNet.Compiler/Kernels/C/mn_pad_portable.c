MN_INLINE uint8_t *mn_pad_fill(const mn_pad *p, uint8_t *out, uint32_t bytes)
{
    uint8_t *const end = out + bytes;
    if (p->size == 1u)
        memset(out, p->fill, bytes);
    else if (p->size == 2u)
        for (; out < end; out += 2)
            memcpy(out, &p->fill, 2u);
    else
        for (; out < end; out += 4)
            memcpy(out, &p->fill, 4u);
    return end;
}

/* A row of which the compiler knows nothing: GCC 12 takes the output for an address near NULL where the row lies at the arena's start and may be NULL. */
MN_INLINE const uint8_t *mn_pad_row(const void *row)
{
#if defined(__GNUC__)
    __asm__("" : "+r"(row));
#endif
    return row;
}

/* A row between margins, elements of any type; NULL is a row of nothing but the fill. Output may not overlap the row. */
MN_KERNEL void mn_pad_portable(const mn_pad *p, const void *row, void *out)
{
    const uint8_t *in = mn_pad_row(row);
    uint8_t *to = out;
    uint32_t x;
    if (in == NULL) {
        mn_pad_fill(p, to, p->left + p->pixels * (p->front + p->pixel + p->back) + p->right);
        return;
    }
    to = mn_pad_fill(p, to, p->left);
    for (x = 0; x < p->pixels; x++, in += p->pixel) {
        to = mn_pad_fill(p, to, p->front);
        mn_move(to, in, p->pixel);
        to = mn_pad_fill(p, to + p->pixel, p->back);
    }
    mn_pad_fill(p, to, p->right);
}
