/* Each element without its fraction, as int32: beyond its range the nearest, 0 of what is no number. Output may not overlap the input. */
MN_KERNEL void mn_widen_f32s32_portable(const mn_numbers *p, const float *in, int32_t *out, uint32_t x0, uint32_t x1)
{
    x1 *= p->channels;
    for (x0 *= p->channels; x0 < x1; x0++) {
        const float x = in[x0];
        out[x0] = x >= 2147483648.0f ? INT32_MAX : x > -2147483648.0f ? (int32_t)x : x <= -2147483648.0f ? INT32_MIN : 0;
    }
}
