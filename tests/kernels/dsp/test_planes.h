static int8_t in_ring[8192], out_ring[8192];

static void call_planes(uint32_t small, const mn_depthwise_planes *p, const int8_t *in, uint32_t in_slots, int8_t *out, uint32_t out_slots, uint32_t first, uint32_t count)
{
    if (small) mn_depthwise3x3_s8_dsp_planes(p, in, in_slots, out, out_slots, first, count, scratch);
    else mn_depthwise_s8_dsp_planes(p, in, in_slots, out, out_slots, first, count, scratch);
}

/* All rows as one block, or blocks of some rows through rings as small as the rows of a block allow, or a little larger. */
static void run_planes(uint32_t small, const mn_depthwise_planes *p, const int8_t *in)
{
    const uint32_t block = (uint32_t)random_between(1, 5), in_row = (uint32_t)p->in_width * p->channels, out_row = (uint32_t)p->out_width * p->channels;
    const uint32_t in_slots = (block - 1) * p->stride_height + p->kernel_height + (uint32_t)random_between(0, 2), out_slots = block + (uint32_t)random_between(0, 2);
    if (p->swapped || random_between(0, 3) == 0) { call_planes(small, p, in, p->swapped ? p->in_width : p->in_height, actual, p->swapped ? p->out_width : p->out_height, 0, p->swapped ? p->out_width : p->out_height); return; }
    uint32_t written = 0;
    for (uint32_t y = 0; y < p->out_height; y += block) {
        const uint32_t count = y + block < p->out_height ? block : p->out_height - y, last = (y + count - 1) * p->stride_height + p->kernel_height;
        for (; written < p->in_height && written + p->pad_top < last; written++) memcpy(in_ring + written % in_slots * in_row, in + written * in_row, in_row);
        memset(out_ring, 77, sizeof out_ring);
        call_planes(small, p, in_ring, in_slots, out_ring, out_slots, y, count);
        for (uint32_t r = 0; r < count; r++) memcpy(actual + (y + r) * out_row, out_ring + (y + r) % out_slots * out_row, out_row);
        for (uint32_t r = y + count; r < y + out_slots; r++)
            for (uint32_t i = 0; i < out_row; i++) if (out_ring[r % out_slots * out_row + i] != 77) { failures++, port_text("row overrun\n"); return; }
    }
}

static void test_planes(uint32_t small)
{
    mn_depthwise_planes p = { 0 };
    p.kernel_height = (uint16_t)(small ? 3 : random_between(1, 9)), p.kernel_width = (uint16_t)(small ? 3 : 5 + 2 * random_between(0, 1));
    p.stride = (uint16_t)random_between(1, 2), p.stride_height = (uint16_t)(small ? p.stride : random_between(1, 3));
    p.channels = (uint16_t)random_between(4, 14);
    p.pad_left = (uint16_t)random_between(0, p.kernel_width - 1), p.pad_top = (uint16_t)random_between(0, p.kernel_height - 1);
    p.in_width = (uint16_t)random_between(1, 12), p.in_height = (uint16_t)random_between(1, 12);
    p.in_zero = (int16_t)random_between(-128, 127);
    const int32_t out_zero = random_between(-128, 127);
    int16_t low, high;
    random_clamp(&low, &high);
    p.out_min = (int8_t)low, p.out_max = (int8_t)high;
    const int32_t width = p.in_width + p.pad_left + random_between(0, p.kernel_width - 1) - p.kernel_width;
    const int32_t height = p.in_height + p.pad_top + random_between(0, p.kernel_height - 1) - p.kernel_height;
    if (width < 0 || height < 0) return;
    p.out_width = (uint16_t)(width / p.stride + 1), p.out_height = (uint16_t)(height / p.stride_height + 1);
    p.band = (uint16_t)((small ? 2 : 1) * random_between(1, 4));
    const uint32_t taps = (uint32_t)p.kernel_height * p.kernel_width;
    random_layer(taps, p.channels);
    const layer l = { taps, p.channels, weights, bias, scale, out_zero, random_zeros(p.channels, -128) };
    p.swapped = (uint16_t)random_between(0, 1);
    if (small) pack_planes3x3(&l, p.in_zero, p.swapped, stream); else pack_planes(&l, &p, stream);
    p.stream = stream;
    memset(actual, 77, sizeof actual), memset(expected, 77, sizeof expected), memset(scratch, 0x5a, sizeof scratch);
    const uint32_t bytes = small ? planes3x3_scratch(&p) : planes_scratch(&p), column_bytes = p.swapped ? (uint32_t)p.in_height * p.channels : p.channels, row = p.swapped ? p.channels : (uint32_t)p.in_width * p.channels;
    const int8_t *in = input + random_between(0, 3);
    if (bytes > sizeof scratch) return;
    run_planes(small, &p, in);
    for (uint32_t y = 0; y < p.out_height; y++)
        for (uint32_t x = 0; x < p.out_width; x++)
            for (uint32_t c = 0; c < p.channels; c++) {
                int32_t acc = bias[c];
                for (uint32_t ky = 0; ky < p.kernel_height; ky++)
                    for (uint32_t kx = 0; kx < p.kernel_width; kx++) {
                        const int32_t r = (int32_t)(y * p.stride_height + ky) - p.pad_top, column = (int32_t)(x * p.stride + kx) - p.pad_left;
                        const int32_t v = r < 0 || r >= p.in_height || column < 0 || column >= p.in_width ? p.in_zero : in[(uint32_t)r * row + (uint32_t)column * column_bytes + c];
                        acc += v * (weights[c * taps + (p.swapped ? kx * p.kernel_height + ky : ky * p.kernel_width + kx)] - weight_zero[c]);
                    }
                expected[(p.swapped ? x * p.out_height + y : y * p.out_width + x) * p.channels + c] = (int8_t)reference_output(acc, scale[c], out_zero, p.out_min, p.out_max);
            }
    check("planes", (uint32_t)p.out_height * p.out_width * p.channels + 4, p.channels, p.stride, p.out_width, p.out_height);
    if (bytes < sizeof scratch && ((uint8_t *)scratch)[bytes] != 0x5a) failures++, port_text("scratch overrun\n");
}
