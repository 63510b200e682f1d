/*
 * Change of quantisation by table: table[(uint8_t)in] is the output's byte. Columns hold `channels` elements. Output may be the input.
 */
MN_KERNEL void mn_requantize_s8u8_portable(const mn_lookup *p, const int8_t *in, uint8_t *out, uint32_t x0, uint32_t x1)
{
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++)
        out[x0] = (uint8_t)p->table[(uint8_t)in[x0]];
}
