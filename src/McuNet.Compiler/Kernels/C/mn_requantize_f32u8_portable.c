/* Quantises float32 values. Output may not overlap the input. */
MN_KERNEL void mn_requantize_f32u8_portable(const mn_quantize *p, const float *in, uint8_t *out, uint32_t x0, uint32_t x1)
{
    const int32_t zero = p->zero, low = p->out_min - zero, high = p->out_max - zero;
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++)
        out[x0] = (uint8_t)(mn_clamp(mn_round(mn_rounded(in[x0] / p->scale)), low, high) + zero);
}
