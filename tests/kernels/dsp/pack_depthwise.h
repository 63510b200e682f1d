/* Weights [channel][taps]. */
static uint32_t *pack_depthwise_head(const layer *l, uint32_t c, uint32_t *s)
{
    uint32_t m; int32_t d = 0, offset;
    int64_t low, high;
    reach(l, c, &low, &high);
    if (find_integer(l->scale[c], l->zero, low, high, 1, &m, &d, &offset)) integer_channels++;
    else m = 0x80000000u | float_bits(l->scale[c]), offset = l->zero, d = 0, float_channels++;
    *s++ = (uint32_t)(l->bias[c] + d), *s++ = m, *s++ = (uint32_t)offset;
    return s;
}

static uint32_t bytes_word(int32_t a, int32_t b, int32_t c, int32_t d)
{
    return (uint32_t)(uint8_t)a | (uint32_t)(uint8_t)b << 8 | (uint32_t)(uint8_t)c << 16 | (uint32_t)(uint8_t)d << 24;
}

static void pack_depthwise3x3(const layer *l, uint32_t *s)
{
    for (uint32_t c = 0; c < l->channels; c++) {
        const int8_t *w = l->weights + 9 * c;
        s = pack_depthwise_head(l, c, s);
        *s++ = bytes_word(w[0], w[1], w[3], w[4]), *s++ = bytes_word(w[2], w[6], w[5], w[7]), *s++ = bytes_word(w[7], 0, w[8], 0);
    }
}

static void pack_depthwise(const layer *l, uint32_t height, uint32_t width, uint32_t *s)
{
    for (uint32_t c = 0; c < l->channels; c++) {
        const int8_t *w = l->weights + height * width * c;
        s = pack_depthwise_head(l, c, s);
        for (uint32_t r = 0; r < height; r += 2) {
            const int8_t *a = w + r * width, *b = a + width;
            const int32_t both = r + 1 < height;
            uint32_t k = 0;
            if ((width & 1) != 0) *s++ = bytes_word(a[0], 0, both ? b[0] : 0, 0), k = 1;
            for (; k < width; k += 2) *s++ = bytes_word(a[k], a[k + 1], both ? b[k] : 0, both ? b[k + 1] : 0);
        }
    }
}

static uint32_t depthwise3x3_scratch(const mn_depthwise_dsp *p)
{
    return ((p->channels + 3u) & ~3u) + (((p->chunk + 1u) >> 1) * p->stride + 1u) * (24u + 48u);
}

static uint32_t depthwise_scratch(const mn_depthwise_dsp *p)
{
    const uint32_t span = ((((p->chunk + 3u) & ~3u) - 1u) * p->stride + p->kernel_width + 1u) & ~1u;
    return ((p->channels + 3u) & ~3u) + ((p->kernel_height + 1u) >> 1) * span * (8u + 16u);
}

/* Records of four channels, whose weights have the same zero point; those left share one with their predecessors. */
static void pack_depthwise_narrow(const layer *l, uint32_t *s)
{
    for (uint32_t q = 0; q < l->channels; q += 4) {
        const uint32_t g = q + 4 > l->channels ? l->channels - 4 : q;
        uint32_t m[4];
        int32_t d[4] = { 0 }, offset[2];
        const int whole = find_pair(l, g, m, d, &offset[0]) && find_pair(l, g + 2, m + 2, d + 2, &offset[1]);
        if (whole) integer_channels += 4; else float_channels += 4, offset[0] = offset[1] = l->zero;
        const int32_t zero = weight_zero_of(l, g);
        for (uint32_t c = 0; c < 4; c++) {
            if (!whole) m[c] = 0x80000000u | float_bits(l->scale[g + c]), d[c] = 0;
            *s++ = (uint32_t)(l->bias[g + c] + d[c]);
        }
        if (l->weight_zero != NULL) *s++ = (uint32_t)(uint16_t)-zero | (uint32_t)(uint16_t)-zero << 16;
        const int8_t *w[4];
        for (uint32_t c = 0; c < 4; c++) w[c] = l->weights + l->taps * (g + c);
        uint32_t t = 0;
        for (; t + 2 <= l->taps; t += 2)
            *s++ = bytes_word(w[0][t], w[1][t], w[0][t + 1], w[1][t + 1]), *s++ = bytes_word(w[2][t], w[3][t], w[2][t + 1], w[3][t + 1]);
        if (t < l->taps) *s++ = bytes_word(w[0][t], w[1][t], w[2][t], w[3][t]);
        for (uint32_t c = 0; c < 4; c++) *s++ = m[c];
        *s++ = (uint32_t)(uint16_t)offset[0] | (uint32_t)(uint16_t)offset[1] << 16;
    }
}
