/* Real values of quantised ones. Output may not overlap the input. */
MN_KERNEL void mn_requantize_u8f32_portable(const mn_quantize *p, const uint8_t *in, float *out, uint32_t x0, uint32_t x1)
{
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++) {
        const float real = mn_rounded((float)(in[x0] - p->zero) * p->scale);
        out[x0] = real < p->low ? p->low : real > p->high ? p->high : real;
    }
}
