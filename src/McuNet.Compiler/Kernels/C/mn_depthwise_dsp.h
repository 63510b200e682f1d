/*
 * Parameter block of the depthwise kernels for the DSP extension, one output channel per input channel. `chunk` output columns are
 * computed at a time. stream: records per channel, see the kernels. Everything else as in mn_conv.
 *
 * Requantisation: the compiler proves that (m * acc + c * 2^32) >> 33, saturated to int8, equals the float32 requantisation for every
 * reachable acc. Where it finds no such numbers m holds the bits of -scale and c the output zero point.
 */
typedef struct {
    const uint32_t *stream;
    uint16_t in_width;
    uint16_t channels;
    uint16_t kernel_height;
    uint16_t kernel_width;
    uint16_t stride;
    uint16_t dilation;
    uint16_t pad_left;
    uint16_t chunk;
    int16_t in_zero;
    int16_t out_zero;
    int16_t out_min;
    int16_t out_max;
} mn_depthwise_dsp;

/* Where the input of a kernel row's column lies for channel 0; padding is a pixel of its own. */
MN_INLINE const int8_t *mn_depthwise_source(const mn_depthwise_dsp *p, const int8_t *row, int32_t column, const int8_t *padding)
{
    return row == NULL || (uint32_t)column >= p->in_width ? padding : row + (uint32_t)column * p->channels;
}

MN_INLINE uint32_t mn_depthwise_word(int8_t low, int8_t high)
{
    return (uint32_t)(uint16_t)low | (uint32_t)(uint16_t)high << 16;
}

MN_INLINE int8_t mn_depthwise_output(int32_t acc, uint32_t m, uint32_t c)
{
    if ((m >> 31) != 0u) {
        float scale;
        m &= 0x7fffffffu;
        memcpy(&scale, &m, sizeof scale);
        return (int8_t)mn_requantize(acc, scale, (int32_t)c, -128, 127);
    }
    return (int8_t)mn_clamp(((int32_t)(((int64_t)acc * (int32_t)m) >> 32) + (int32_t)c) >> 1, -128, 127);
}

MN_INLINE int32_t mn_dual_product(uint32_t a, uint32_t b)
{
    return (int16_t)(uint16_t)a * (int16_t)(uint16_t)b + (int16_t)(uint16_t)(a >> 16) * (int16_t)(uint16_t)(b >> 16);
}

/* Sign-extended bytes 0 and 2, each less a zero point. */
MN_INLINE uint32_t mn_depthwise_less(uint32_t word, int32_t zero)
{
    return (uint32_t)(uint16_t)((int8_t)(uint8_t)word - zero) | (uint32_t)(uint16_t)((int8_t)(uint8_t)(word >> 16) - zero) << 16;
}

/* Sign-extended bytes 0 and 2. */
MN_INLINE uint32_t mn_depthwise_taps(uint32_t word)
{
    return mn_depthwise_less(word, 0);
}
