/* Records of the kernels of whole layers: start values without the input zero point, weights of rows that may be columns. */
static uint32_t *pack_planes_head(const layer *l, uint32_t c, int32_t in_zero, uint32_t *s, int32_t *offset)
{
    uint32_t head[3];
    int32_t sum = 0;
    pack_depthwise_head(l, c, head);
    for (uint32_t t = 0; t < l->taps; t++) sum += l->weights[c * l->taps + t] - weight_zero_of(l, c);
    *s++ = head[0] + (uint32_t)(in_zero * sum), *s++ = head[1];
    *offset = (int32_t)head[2];
    return s;
}

static void pack_planes3x3(const layer *l, int32_t in_zero, uint32_t swapped, uint32_t *s)
{
    for (uint32_t c = 0; c < l->channels; c++) {
        int32_t offset, w[3][3];
        for (uint32_t i = 0; i < 9; i++) { const int32_t v = l->weights[9 * c + i]; if (swapped) w[i % 3][i / 3] = v; else w[i / 3][i % 3] = v; }
        s = pack_planes_head(l, c, in_zero, s, &offset);
        *s++ = bytes_word(w[0][0], w[0][1], w[1][0], w[1][1]), *s++ = bytes_word(w[0][2], w[2][0], w[1][2], w[2][1]);
        *s++ = (bytes_word(w[2][2], weight_zero_of(l, c), 0, 0) | (uint32_t)offset << 16);
    }
}

static uint32_t planes3x3_scratch(const mn_depthwise_planes *p)
{
    const uint32_t reach = p->stride * (((p->out_width + 1u) & ~1u) - 1u) + 3u, filled = (uint32_t)p->pad_left + p->in_width;
    const uint32_t rows = ((p->band < p->out_height ? p->band : p->out_height) + 1u) & ~1u;
    return ((p->channels + 3u) & ~3u) + (24u + 16u * (reach > filled ? reach : filled)) * ((p->stride * (rows - 1u) + 4u) >> 1);
}

static void pack_planes(const layer *l, const mn_depthwise_planes *p, uint32_t *s)
{
    const uint32_t height = p->kernel_height, width = p->kernel_width;
    for (uint32_t c = 0; c < l->channels; c++) {
        int32_t offset;
        int8_t bytes[128] = { 0 };
        s = pack_planes_head(l, c, p->in_zero, s, &offset);
        bytes[0] = (int8_t)(uint8_t)offset, bytes[1] = (int8_t)(uint8_t)((uint32_t)offset >> 8), bytes[2] = (int8_t)weight_zero_of(l, c);
        for (uint32_t i = 0; i < height * width; i++) {
            const uint32_t row = i / width, k = i % width, column = p->stride == 1 ? k : k < (width + 1) / 2 ? 2 * k : 2 * (k - (width + 1) / 2) + 1;
            bytes[3 + i] = l->weights[c * l->taps + (p->swapped ? column * height + row : row * width + column)];
        }
        memcpy(s, bytes, (height * width + 6) & ~3u);
        s += (height * width + 6) >> 2;
    }
}

static uint32_t planes_scratch(const mn_depthwise_planes *p)
{
    const uint32_t reach = p->stride * (((p->out_width + 1u) & ~1u) - 1u) + p->kernel_width, filled = (uint32_t)p->pad_left + p->in_width;
    const uint32_t columns = ((reach > filled ? reach : filled) + p->stride - 1u) / p->stride * p->stride, rows = p->band < p->out_height ? p->band : p->out_height;
    const uint32_t lines = ((rows - 1u) * p->stride_height + p->kernel_height + 1u) >> 1, half = ((uint32_t)p->kernel_height + 1u) >> 1;
    const uint32_t versions = half + ((p->stride_height & 1) != 0 ? (p->kernel_height + 2u) >> 1 : 0u);
    return ((p->channels + 3u) & ~3u) + lines * (24u * p->stride + 16u * columns) + 16u * rows + 4u * p->kernel_width * versions;
}
