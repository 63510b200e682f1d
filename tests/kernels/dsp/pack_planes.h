/* Constants of the kernels of whole layers: weights as they are, start values without the input zero point. */
typedef struct { int32_t start[512]; uint32_t multiplier[512]; int16_t offset[512]; } planes_pack;

static void pack_planes(const layer *l, int32_t in_zero, planes_pack *pack)
{
    for (uint32_t c = 0; c < l->channels; c++) {
        uint32_t head[3];
        int32_t sum = 0;
        pack_depthwise_head(l, c, head);
        for (uint32_t t = 0; t < l->taps; t++) sum += l->weights[c * l->taps + t];
        pack->start[c] = (int32_t)head[0] + in_zero * sum;
        pack->multiplier[c] = head[1];
        pack->offset[c] = (int16_t)(int32_t)head[2];
    }
}

static uint32_t planes3x3_scratch(const mn_depthwise_planes *p)
{
    const uint32_t reach = p->stride * (((p->out_width + 1u) & ~1u) - 1u) + 3u, filled = (uint32_t)p->pad_left + p->in_width;
    const uint32_t rows = (uint32_t)((p->band < p->out_height ? p->band : p->out_height) + 1) & ~1u;
    return 16u * (reach > filled ? reach : filled) * ((p->stride * (rows - 1u) + 4u) >> 1);
}
