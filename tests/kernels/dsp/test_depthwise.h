enum { LINES, SMALL, NARROW };

static void test_depthwise(uint32_t kind)
{
    const uint32_t small = kind == SMALL;
    mn_depthwise_dsp p = { 0 };
    const int8_t *rows[12];
    p.kernel_height = (uint16_t)(small ? 3 : random_between(1, 9));
    p.kernel_width = (uint16_t)(small ? 3 : random_between(1, 9));
    p.stride = (uint16_t)random_between(1, 2);
    p.dilation = (uint16_t)(kind == NARROW ? random_between(1, 2) : 1);
    p.channels = (uint16_t)random_between(4, 20);
    p.pad_left = (uint16_t)random_between(0, p.kernel_width - 1);
    const int32_t reach = (p.kernel_width - 1) * p.dilation + 1;
    p.in_width = (uint16_t)(random_between(0, 11) + reach);
    p.in_zero = (int16_t)random_between(-128, 127);
    p.out_zero = (int16_t)random_between(-128, 127);
    random_clamp(&p.out_min, &p.out_max);
    const uint32_t out_width = (uint32_t)(p.in_width + p.pad_left + random_between(0, p.kernel_width - 1) - reach) / p.stride + 1;
    const uint32_t x1 = (uint32_t)random_between(1, (int32_t)out_width);
    const uint32_t taps = (uint32_t)p.kernel_height * p.kernel_width;
    p.chunk = (uint16_t)random_between(1, 12);
    random_layer(taps, p.channels);
    for (uint32_t i = 0; i < p.kernel_height; i++) rows[i] = random_between(0, 4) == 0 ? NULL : input + random_between(0, 31) + (int32_t)(i * 700u);
    const int8_t *zeros = kind == NARROW ? random_zeros(p.channels, -128) : NULL;
    if (zeros != NULL) memset(weight_zero, weight_zero[0], p.channels);
    const layer l = { taps, p.channels, weights, bias, scale, p.out_zero, zeros };
    p.stream = stream;
    if (small) pack_depthwise3x3(&l, stream);
    else if (kind == NARROW) pack_depthwise_narrow(&l, stream);
    else pack_depthwise(&l, p.kernel_height, p.kernel_width, stream);
    memset(actual, 77, sizeof actual), memset(expected, 77, sizeof expected), memset(scratch, 0x5a, sizeof scratch);
    const uint32_t bytes = small ? depthwise3x3_scratch(&p) : kind == NARROW ? ((p.channels + 3u) & ~3u) + 4u * taps : depthwise_scratch(&p);
    if (small) mn_depthwise3x3_s8_dsp(&p, rows, actual, x1, scratch);
    else if (zeros != NULL) mn_depthwise_s8_dsp_narrow_asym(&p, rows, actual, x1, scratch);
    else if (kind == NARROW) mn_depthwise_s8_dsp_narrow(&p, rows, actual, x1, scratch);
    else mn_depthwise_s8_dsp(&p, rows, actual, x1, scratch);
    for (uint32_t x = 0; x < x1; x++)
        for (uint32_t c = 0; c < p.channels; c++) {
            int32_t acc = bias[c];
            for (uint32_t ky = 0; ky < p.kernel_height; ky++)
                for (uint32_t kx = 0; kx < p.kernel_width; kx++) {
                    const int32_t column = (int32_t)(x * p.stride + kx * p.dilation) - p.pad_left;
                    const int32_t v = rows[ky] == NULL || column < 0 || column >= p.in_width ? p.in_zero : rows[ky][(uint32_t)column * p.channels + c];
                    acc += v * (weights[c * taps + ky * p.kernel_width + kx] - weight_zero[c]);
                }
            expected[x * p.channels + c] = (int8_t)reference_output(acc, scale[c], p.out_zero, p.out_min, p.out_max);
        }
    check(small ? "depthwise3x3" : kind == NARROW ? "narrow" : "depthwise", out_width * p.channels + 4, p.channels, p.stride, p.kernel_width, p.kernel_height);
    if (((uint8_t *)scratch)[bytes] != 0x5a) failures++, port_text("scratch overrun\n");
}
