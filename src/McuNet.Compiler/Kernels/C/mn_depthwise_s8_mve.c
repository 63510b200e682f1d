/*
 * Depthwise convolution, one output channel per input channel, any window: eight channels of a pixel at a time, the last block under
 * a predicate. Weights: [channels / 8][taps][8], the last block as [taps][channels % 8]. Rows may lie anywhere, null is a padding row.
 * Output may not overlap the rows. Reads no byte beyond the rows and the tables.
 *
 * Products are summed in two vectors, of even and of odd channels. Padding counts as in_zero: eight bytes that hold nothing else,
 * read with step 0.
 */
/* Keeps loads of the next tap behind this one: all at once they do not fit the registers. */
#define MN_ORDERED(pointer) __asm__ volatile("" : "+r"(pointer) : : "memory")

typedef struct {
    int32x4_t even;
    int32x4_t odd;
} mn_sums_mve;

MN_INLINE mn_sums_mve mn_depthwise_tap_mve(mn_sums_mve acc, int16x8_t x, int16x8_t w)
{
    acc.even = vaddq_s32(acc.even, vmullbq_int_s16(x, w));
    acc.odd = vaddq_s32(acc.odd, vmulltq_int_s16(x, w));
    return acc;
}

MN_INLINE mn_sums_mve mn_depthwise_pad_mve(mn_sums_mve acc, int16x8_t pad, const int8_t *w, uint32_t taps, uint32_t block, mve_pred16_t lanes)
{
    for (; taps != 0u; taps--) {
        acc = mn_depthwise_tap_mve(acc, pad, vldrbq_z_s16(w, lanes));
        w += block;
    }
    return acc;
}

MN_INLINE void mn_depthwise_out_mve(mn_sums_mve acc, const int32_t *bias, const float *scale, int32_t zero, int32_t low, int32_t high,
    int8_t *out, mve_pred16_t lanes)
{
    const int32x4x2_t biases = vld2q_s32(bias);
    const float32x4x2_t scales = vld2q_f32(scale);
    const int32x4_t top = vdupq_n_s32(high - zero), bottom = vdupq_n_s32(low - zero);
    int32x4_t even = vcvtnq_s32_f32(vmulq_f32(vcvtq_f32_s32(vaddq_s32(acc.even, biases.val[0])), scales.val[0]));
    int32x4_t odd = vcvtnq_s32_f32(vmulq_f32(vcvtq_f32_s32(vaddq_s32(acc.odd, biases.val[1])), scales.val[1]));
    even = vmaxq_s32(vminq_s32(even, top), bottom);
    odd = vmaxq_s32(vminq_s32(odd, top), bottom);
    const int16x8_t both = vmovntq_s32(vmovnbq_s32(vdupq_n_s16(0), even), odd);
    vstrbq_p_s16(out, vaddq_n_s16(both, (int16_t)zero), lanes);
}

/* Full blocks of a pixel whose window lies inside of the input's columns. Returns the first channel that is left. */
MN_SHARED uint32_t mn_depthwise_whole_s8_mve(const mn_conv *p, const int8_t *const *rows, size_t offset, int8_t *out)
{
    const uint32_t channels = p->out_channels, height = p->kernel_height, width = p->kernel_width;
    const size_t step = (size_t)p->dilation * channels;
    const int8_t pad = (int8_t)p->in_zero, padding[8] = { pad, pad, pad, pad, pad, pad, pad, pad };
    const int32_t zero = p->out_zero, low = p->out_min, high = p->out_max;
    const int8_t *w = p->weights;
    uint32_t c, ky, kx;
    for (c = 0; c + 8u <= channels; c += 8u) {
        mn_sums_mve acc = { vdupq_n_s32(0), vdupq_n_s32(0) };
        for (ky = 0; ky < height; ky++) {
            const int8_t *x = rows[ky];
            const size_t s = x == NULL ? 0u : step;
            x = x == NULL ? padding : x + offset + c;
            if (width == 3u) {
                acc = mn_depthwise_tap_mve(acc, vldrbq_s16(x), vldrbq_s16(w));
                x += s;
                MN_ORDERED(x);
                acc = mn_depthwise_tap_mve(acc, vldrbq_s16(x), vldrbq_s16(w + 8));
                x += s;
                MN_ORDERED(x);
                acc = mn_depthwise_tap_mve(acc, vldrbq_s16(x), vldrbq_s16(w + 16));
                w += 24;
                continue;
            }
            for (kx = width; kx != 0u; kx--) {
                acc = mn_depthwise_tap_mve(acc, vldrbq_s16(x), vldrbq_s16(w));
                x += s;
                w += 8;
            }
        }
        mn_depthwise_out_mve(acc, p->bias + c, p->scale + c, zero, low, high, out + c, 0xffffu);
    }
    return c;
}

/* Channels from c, a multiple of 8, with kernel columns outside of [begin, end) as padding. */
MN_SHARED void mn_depthwise_side_s8_mve(const mn_conv *p, const int8_t *const *rows, size_t offset, uint32_t begin, uint32_t end, uint32_t c, int8_t *out)
{
    const uint32_t channels = p->out_channels, height = p->kernel_height, width = p->kernel_width;
    const size_t step = (size_t)p->dilation * channels;
    const int16x8_t pad = vdupq_n_s16(p->in_zero);
    const int8_t *w = p->weights + c * height * width;
    uint32_t ky, kx;
    for (; c < channels; c += 8u) {
        const uint32_t block = channels - c < 8u ? channels - c : 8u;
        const mve_pred16_t lanes = vctp16q(block);
        mn_sums_mve acc = { vdupq_n_s32(0), vdupq_n_s32(0) };
        for (ky = 0; ky < height; ky++) {
            if (rows[ky] == NULL) {
                acc = mn_depthwise_pad_mve(acc, pad, w, width, block, lanes);
                w += width * block;
                continue;
            }
            acc = mn_depthwise_pad_mve(acc, pad, w, begin, block, lanes);
            w += begin * block;
            const int8_t *x = rows[ky] + offset + c;
            for (kx = end - begin; kx != 0u; kx--) {
                acc = mn_depthwise_tap_mve(acc, vldrbq_z_s16(x, lanes), vldrbq_z_s16(w, lanes));
                x += step;
                w += block;
            }
            acc = mn_depthwise_pad_mve(acc, pad, w, width - end, block, lanes);
            w += (width - end) * block;
        }
        if (block == 8u) {
            mn_depthwise_out_mve(acc, p->bias + c, p->scale + c, p->out_zero, p->out_min, p->out_max, out + c, lanes);
        } else {
            int32_t bias[8] = { 0 };
            float scale[8] = { 0 };
            memcpy(bias, p->bias + c, block * sizeof *bias);
            memcpy(scale, p->scale + c, block * sizeof *scale);
            mn_depthwise_out_mve(acc, bias, scale, p->out_zero, p->out_min, p->out_max, out + c, lanes);
        }
    }
}

MN_KERNEL void mn_depthwise_s8_mve(const mn_conv *p, const int8_t *const *rows, int8_t *out, uint32_t x0, uint32_t x1)
{
    const uint32_t channels = p->out_channels, width = p->kernel_width;
    const int32_t dilation = p->dilation;
    for (; x0 < x1; x0++) {
        const int32_t first = (int32_t)(x0 * p->stride) - (int32_t)p->pad_left;
        uint32_t begin = 0, end = width;
        while (begin < width && first + (int32_t)begin * dilation < 0)
            begin++;
        while (end > begin && first + (int32_t)(end - 1u) * dilation >= (int32_t)p->in_width)
            end--;
        const size_t offset = begin < end ? (size_t)(first + (int32_t)begin * dilation) * channels : 0u;
        const uint32_t done = end - begin == width ? mn_depthwise_whole_s8_mve(p, rows, offset, out + x0 * channels) : 0u;
        if (done < channels)
            mn_depthwise_side_s8_mve(p, rows, offset, begin, end, done, out + x0 * channels);
    }
}
