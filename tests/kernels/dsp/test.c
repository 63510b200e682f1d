/* Random layers through the DSP kernels against plain loops; prints the first difference. Runs on the host and under QEMU. */
#include "mn_common.h"
#include "mn_dot_blocks3.h"
#include "mn_dot_s8_dsp.h"
#include "mn_widen_s8_dsp.h"
#include "mn_clamp_s8_dsp.h"
#include "mn_conv_dsp.h"
#include "mn_sum_s8.h"
#include "mn_dot_sums.h"
#include "mn_conv_window.h"
#include "mn_dot_stage.h"
#include "mn_pointwise_s8_dsp.c"
#include "mn_pointwise_s8_dsp_asym.c"
#include "mn_conv_s8_dsp.c"
#include "mn_conv_s8_dsp_asym.c"
#include "mn_dense_dsp.h"
#include "mn_dense_s8_dsp.c"
#include "mn_dense_s8_dsp_eights.c"
#include "mn_sum_s8_dsp.h"
#include "mn_dense.h"
#include "mn_dense_s8_dsp_wide.c"
#include "mn_depthwise_dsp.h"
#include "mn_depthwise_narrow.h"
#include "mn_depthwise3x3_s8_dsp.c"
#include "mn_depthwise_s8_dsp.c"
#include "mn_depthwise_s8_dsp_narrow.c"
#include "mn_depthwise_s8_dsp_narrow_asym.c"
#include "mn_depthwise_planes.h"
#include "mn_depthwise_square.h"
#include "mn_depthwise3x3_plane1.h"
#include "mn_depthwise3x3_plane2.h"
#include "mn_depthwise3x3_s8_dsp_planes.c"
#include "mn_depthwise_wide.h"
#include "mn_depthwise_plane5.h"
#include "mn_depthwise_plane7.h"
#include "mn_depthwise_plane5by2.h"
#include "mn_depthwise_plane7by2.h"
#include "mn_depthwise_s8_dsp_planes.c"
#include "pack.h"
#include "pack_depthwise.h"
#include "pack_planes.h"
#include "port.h"

#define MAX_TAPS 1024
static int8_t input[65536], weights[65536], weight_zero[512], actual[65536 + 8], expected[65536 + 8];
static int32_t bias[512], order[4096];
static float scale[512];
static uint32_t stream[32768];
static uint32_t scratch[8192] __attribute__((aligned(8)));
static uint32_t cases, failures;

static void random_layer(uint32_t taps, uint32_t channels)
{
    const int32_t flat = random_between(0, 3);
    for (uint32_t i = 0; i < taps * channels; i++) weights[i] = (int8_t)random_between(-127, 127);
    for (uint32_t c = 0; c < channels; c++) {
        const float spread = 5000.0f * (float)__builtin_sqrtf((float)taps);
        bias[c] = random_between(-20000, 20000);
        scale[c] = (float)random_between(20, 200) / spread * (1.0f + (float)(random_word() >> 8) * 0x1p-24f);
        if (flat == 0) scale[c] = 0.5f * scale[c] + 0.00390625f;
    }
    for (uint32_t i = 0; i < sizeof input; i++) input[i] = (int8_t)random_word();
    memset(weight_zero, 0, sizeof weight_zero);
}

/* Zero points from `least` on for the weights of every other layer; null, and all zero, for the rest. */
static const int8_t *random_zeros(uint32_t channels, int32_t least)
{
    if (random_between(0, 1) == 0) return NULL;
    for (uint32_t c = 0; c < channels; c++) weight_zero[c] = (int8_t)random_between(least, 127);
    return weight_zero;
}

static void check(const char *what, uint32_t n, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    cases++;
    for (uint32_t i = 0; i < n; i++)
        if (actual[i] != expected[i]) {
            if (failures++ < 10) { port_text(what); port_number(a); port_number(b); port_number(c); port_number(d); port_text(" at"); port_number(i); port_number((uint32_t)(int32_t)actual[i]); port_number((uint32_t)(int32_t)expected[i]); port_text("\n"); }
            return;
        }
}

static int32_t at(const mn_conv_dsp *p, const int8_t *row, int32_t column, uint32_t c)
{
    return row == NULL || column < 0 || column >= p->in_width ? p->in_zero : row[(uint32_t)column * p->in_channels + c];
}

static void reference_conv(const mn_conv_dsp *p, const int8_t *const *rows, uint32_t x1)
{
    const uint32_t taps = (uint32_t)p->kernel_height * p->kernel_width * p->in_channels;
    for (uint32_t x = 0; x < x1; x++)
        for (uint32_t o = 0; o < p->out_channels; o++) {
            int32_t acc = bias[o];
            const int8_t *w = weights + o * taps;
            for (uint32_t ky = 0; ky < p->kernel_height; ky++)
                for (uint32_t kx = 0; kx < p->kernel_width; kx++)
                    for (uint32_t c = 0; c < p->in_channels; c++)
                        acc += (*w++ - weight_zero[o]) * at(p, rows[ky], (int32_t)(x * p->stride + kx * p->dilation) - p->pad_left, c);
            expected[x * p->out_channels + o] = (int8_t)reference_output(acc, scale[o], p->out_zero, p->out_min, p->out_max);
        }
}

static void random_clamp(int16_t *low, int16_t *high)
{
    *low = -128, *high = 127;
    if (random_between(0, 3) == 0) *low = (int16_t)random_between(-100, 0), *high = (int16_t)random_between(20, 127);
}

static void test_conv(uint32_t pointwise)
{
    mn_conv_dsp p = { 0 };
    const int8_t *rows[12];
    p.kernel_height = (uint16_t)(pointwise ? 1 : random_between(1, 5));
    p.kernel_width = (uint16_t)(pointwise ? 1 : random_between(1, 5));
    p.stride = (uint16_t)random_between(1, 2);
    p.dilation = (uint16_t)(pointwise || random_between(0, 3) != 0 ? 1 : 2);
    p.in_channels = (uint16_t)(random_between(0, 4) == 0 ? random_between(21, 70) : random_between(1, 20));
    p.out_channels = (uint16_t)random_between(1, 20);
    p.pad_left = (uint16_t)(pointwise ? 0 : random_between(0, p.kernel_width - 1));
    p.out_width = (uint16_t)random_between(1, pointwise && random_between(0, 3) == 0 ? 60 : 9);
    p.in_width = (uint16_t)(pointwise ? p.out_width * p.stride : random_between(1, 9) + (p.kernel_width - 1) * p.dilation);
    p.in_zero = (int16_t)random_between(-128, 127);
    p.out_zero = (int16_t)random_between(-128, 127);
    random_clamp(&p.out_min, &p.out_max);
    const uint32_t run = (uint32_t)p.kernel_width * p.in_channels, taps = run * p.kernel_height;
    if (taps > MAX_TAPS || taps * p.out_channels > sizeof weights) return;
    if (!pointwise) while (((p.out_width - 1) * p.stride) - p.pad_left >= p.in_width) p.out_width--;
    random_layer(taps, p.out_channels);
    for (uint32_t i = 0; i < p.kernel_height; i++)
        rows[i] = !pointwise && random_between(0, 4) == 0 ? NULL : input + random_between(0, 31) + (int32_t)(i * 700u);
    const layer l = { taps, p.out_channels, weights, bias, scale, p.out_zero, random_zeros(p.out_channels, -127) };
    p.taps = l.weight_zero != NULL ? order_sums(p.kernel_height, run, order) : order_runs(p.kernel_height, run, order);
    p.stream = stream;
    p.stream_words = pack_dot(&l, order, p.taps, stream);
    const uint32_t x1 = (uint32_t)random_between(1, p.out_width);
    memset(actual, 77, sizeof actual), memset(expected, 77, sizeof expected);
    const uint32_t bytes = pointwise ? 4 * p.taps + 8 : 4 * p.taps + 8 + 3 * ((run + 3) & ~3u);
    memset(scratch, 0x5a, sizeof scratch);
    const uint32_t guard = scratch[bytes / 4];
    const uint32_t whole = p.out_channels % 4u == 0u && l.weight_zero == NULL;
    p.kept = (uint16_t)(whole ? random_between(0, p.out_channels / 4) : 0);
    const uint16_t stage_pairs = (uint16_t)(whole && random_between(0, 2) != 0 ? random_between(3, 6) : 0);
    const mn_pointwise_dsp point = { stream, p.in_channels, p.out_channels, p.stride, (int8_t)p.out_min, (int8_t)p.out_max, p.kept, stage_pairs };
    static int32_t state[6000];
    const uint32_t kept_words = p.kept * (9u + p.taps);
    state[kept_words] = 0x5a5a5a5a;
    if (pointwise && l.weight_zero != NULL) mn_pointwise_s8_dsp_asym(&p, rows[0], actual, x1, scratch);
    else if (pointwise) mn_pointwise_s8_dsp(&point, rows[0], actual, x1, 0, scratch, state);
    else if (l.weight_zero != NULL) mn_conv_s8_dsp_asym(&p, rows, actual, x1, scratch);
    else mn_conv_s8_dsp(&p, rows, actual, x1, 0, scratch, state);
    reference_conv(&p, rows, x1);
    check(pointwise ? "pointwise" : "conv", (uint32_t)p.out_width * p.out_channels + 4, p.in_channels, p.out_channels, p.kernel_width, p.kernel_height);
    if (scratch[bytes / 4] != guard) failures++, port_text("scratch overrun\n");
    if (state[kept_words] != 0x5a5a5a5a) failures++, port_text("state overrun\n");
}

static void test_dense(int eights)
{
    mn_dense_dsp p = { 0 };
    p.in_count = (uint32_t)(random_between(0, 2) == 0 ? random_between(40, 700) : random_between(1, 40));
    p.out_count = eights ? 8u * (uint32_t)random_between(1, 4) : (uint32_t)random_between(1, 24);
    p.out_zero = (int16_t)random_between(-128, 127);
    random_clamp(&p.out_min, &p.out_max);
    random_layer(p.in_count, p.out_count);
    const layer l = { p.in_count, p.out_count, weights, bias, scale, p.out_zero, NULL };
    p.taps = order_runs(1, p.in_count, order);
    p.stream = stream;
    p.stream_words = pack_dot(&l, order, p.taps, stream);
    const int8_t *in = input + random_between(0, 3);
    memset(actual, 77, sizeof actual), memset(expected, 77, sizeof expected);
    if (eights) {
        pack_eights(stream, p.stream_words, p.taps);
        mn_dense_s8_dsp_eights(&p, in, actual, scratch);
    } else {
        mn_dense_s8_dsp(&p, in, actual, scratch);
    }
    for (uint32_t o = 0; o < p.out_count; o++) {
        int32_t acc = bias[o];
        for (uint32_t i = 0; i < p.in_count; i++) acc += weights[o * p.in_count + i] * in[i];
        expected[o] = (int8_t)reference_output(acc, scale[o], p.out_zero, p.out_min, p.out_max);
    }
    check(eights ? "dense eights" : "dense", p.out_count + 4, p.in_count, p.out_count, 0, 0);
}

/* Weights of four outputs in turns of four inputs, then those of the inputs and of the outputs that are left. */
static void pack_wide(uint32_t in, uint32_t out, int8_t *to)
{
    uint32_t o = 0;
    for (; o + 4 <= out; o += 4)
        for (uint32_t i = 0; i < in; i += 4)
            for (uint32_t k = 0; k < 4; k++)
                for (uint32_t j = i; j < i + 4 && j < in; j++) *to++ = weights[(o + k) * in + j];
    memcpy(to, weights + o * in, (out - o) * in);
}

static void test_dense_wide(void)
{
    mn_dense p = { 0 };
    p.in_count = (uint32_t)(random_between(0, 4) == 0 ? random_between(1000, 6000) : random_between(1, 40)), p.out_count = (uint32_t)random_between(1, 10);
    p.out_zero = (int16_t)random_between(-128, 127);
    random_clamp(&p.out_min, &p.out_max);
    random_layer(p.in_count, p.out_count);
    p.weight_zero = random_zeros(p.out_count, -128);
    pack_wide(p.in_count, p.out_count, (int8_t *)stream);
    p.weights = (const int8_t *)stream, p.bias = bias, p.scale = scale;
    const int8_t *in = input + random_between(0, 3);
    memset(actual, 77, sizeof actual), memset(expected, 77, sizeof expected);
    mn_dense_s8_dsp_wide(&p, in, actual);
    for (uint32_t o = 0; o < p.out_count; o++) {
        int32_t acc = bias[o];
        for (uint32_t i = 0; i < p.in_count; i++) acc += (weights[o * p.in_count + i] - weight_zero[o]) * in[i];
        expected[o] = (int8_t)reference_output(acc, scale[o], p.out_zero, p.out_min, p.out_max);
    }
    check("dense wide", p.out_count + 4, p.in_count, p.out_count, 0, 0);
}

#ifndef ROUNDS
#define ROUNDS 300
#endif
#include "test_depthwise.h"
#include "test_planes.h"

int main(void)
{
    for (uint32_t i = 0; i < ROUNDS; i++) {
        test_conv(1);
        test_conv(0);
        test_dense(0);
        test_dense(1);
        test_dense_wide();
        test_depthwise(SMALL);
        test_depthwise(LINES);
        test_depthwise(NARROW);
        test_planes(1);
        test_planes(0);
    }
    port_text("cases"); port_number(cases); port_text(" failures"); port_number(failures);
    port_text(" integer channels"); port_number(integer_channels); port_text(" float channels"); port_number(float_channels); port_text("\n");
    return failures != 0;
}
