/* One measured region per scenario, in order; bench.sh asks the cycle model for each. */
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

static int8_t input[262144], weights[270000], actual[262144], weight_zero[512];
static const int8_t *zeros;
static int32_t bias[512], order[4096];
static float scale[512];
static uint32_t stream[140000], scratch[8192];

static void random_layer(uint32_t taps, uint32_t channels)
{
    for (uint32_t i = 0; i < taps * channels; i++) weights[i] = (int8_t)((random_between(-63, 63) + random_between(-64, 64)));
    for (uint32_t c = 0; c < channels; c++) {
        bias[c] = random_between(-2000, 2000);
        scale[c] = 50.0f / (52.0f * 60.0f * __builtin_sqrtf((float)taps)) * (0.5f + (float)(random_word() >> 8) * 0x1p-24f);
    }
    for (uint32_t i = 0; i < sizeof input; i++) input[i] = (int8_t)random_word();
    integer_channels = float_channels = 0;
}

static void report(const char *name, uint32_t macs, uint32_t scratch_bytes)
{
    port_text(name); port_text(" macs"); port_number(macs); port_text(" scratch"); port_number(scratch_bytes);
    port_text(" integer"); port_number(integer_channels); port_text(" float"); port_number(float_channels); port_text("\n");
}

static void conv(const char *name, uint32_t h, uint32_t w, uint32_t cin, uint32_t cout, uint32_t kh, uint32_t kw, uint32_t stride)
{
    mn_conv_dsp p = { 0 };
    const int8_t *rows[16];
    const uint32_t run = kw * cin, taps = run * kh, ow = (w + stride - 1) / stride, oh = (h + stride - 1) / stride;
    random_layer(taps, cout);
    const layer l = { taps, cout, weights, bias, scale, -128, zeros };
    p.in_width = (uint16_t)w, p.in_channels = (uint16_t)cin, p.out_width = (uint16_t)ow, p.out_channels = (uint16_t)cout;
    p.kernel_height = (uint16_t)kh, p.kernel_width = (uint16_t)kw, p.stride = (uint16_t)stride, p.dilation = 1, p.pad_left = (uint16_t)(kw / 2);
    p.out_zero = -128, p.out_min = -128, p.out_max = 127;
    p.taps = zeros != NULL ? order_sums(kh, run, order) : order_runs(kh, run, order);
    p.stream = stream;
    p.stream_words = pack_dot(&l, order, p.taps, stream);
    const uint32_t point = kh == 1 && kw == 1;
    const mn_pointwise_dsp pointwise = { stream, p.in_channels, p.out_channels, p.stride, -128, 127, 0, 0 };
    icount_begin();
    if (point && zeros != NULL)
        mn_pointwise_s8_dsp_asym(&p, input, actual, ow * oh, scratch);
    else if (point)
        mn_pointwise_s8_dsp(&pointwise, input, actual, ow * oh, 0, scratch, NULL);
    else
        for (uint32_t y = 0; y < oh; y++) {
            for (uint32_t k = 0; k < kh; k++) {
                const int32_t r = (int32_t)(y * stride + k) - (int32_t)(kh / 2);
                rows[k] = r < 0 || r >= (int32_t)h ? NULL : input + (uint32_t)r * w * cin;
            }
            if (zeros != NULL) mn_conv_s8_dsp_asym(&p, rows, actual + y * ow * cout, ow, scratch);
            else mn_conv_s8_dsp(&p, rows, actual + y * ow * cout, ow, y, scratch, NULL);
        }
    icount_end();

    report(name, taps * cout * ow * oh, 4 * p.taps + 8 + (point ? 0 : 3 * ((run + 3) & ~3u)));
}

static void dense(const char *name, uint32_t in, uint32_t out)
{
    mn_dense_dsp p = { 0 };
    random_layer(in, out);
    const layer l = { in, out, weights, bias, scale, -128, zeros };
    p.in_count = in, p.out_count = out, p.out_zero = -128, p.out_min = -128, p.out_max = 127;
    p.taps = order_runs(1, in, order);
    p.stream = stream;
    p.stream_words = pack_dot(&l, order, p.taps, stream);
    const int eights = out % 8 == 0;
    if (eights) pack_eights(stream, p.stream_words, p.taps);
    icount_begin();
    if (eights)
        mn_dense_s8_dsp_eights(&p, input, actual, scratch);
    else
        mn_dense_s8_dsp(&p, input, actual, scratch);
    icount_end();
    report(name, in * out, 2 * p.taps + (eights ? 0 : 8));
}

static void dense_wide(const char *name, uint32_t in, uint32_t out)
{
    mn_dense p = { 0 };
    random_layer(in, out);
    p.weights = weights, p.bias = bias, p.scale = scale, p.in_count = in, p.out_count = out, p.out_zero = -128, p.out_min = -128, p.out_max = 127;
    p.weight_zero = zeros;
    icount_begin();
    mn_dense_s8_dsp_wide(&p, input, actual);
    icount_end();
    report(name, in * out, 0);
}

static void depthwise_by(uint32_t narrow, const char *name, uint32_t h, uint32_t w, uint32_t c, uint32_t kh, uint32_t kw, uint32_t stride)
{
    mn_depthwise_dsp p = { 0 };
    const int8_t *rows[16];
    const uint32_t taps = kh * kw, ow = (w + stride - 1) / stride, oh = (h + stride - 1) / stride;
    random_layer(taps, c);
    const layer l = { taps, c, weights, bias, scale, -128, zeros };
    p.in_width = (uint16_t)w, p.channels = (uint16_t)c;
    p.kernel_height = (uint16_t)kh, p.kernel_width = (uint16_t)kw, p.stride = (uint16_t)stride, p.dilation = 1, p.pad_left = (uint16_t)(kw / 2);
    p.out_zero = -128, p.out_min = -128, p.out_max = 127;
    p.stream = stream;
    const uint32_t small = kh == 3 && kw == 3;
    if (narrow) pack_depthwise_narrow(&l, stream); else if (small) pack_depthwise3x3(&l, stream); else pack_depthwise(&l, kh, kw, stream);
    p.chunk = 24;
    if (p.chunk > ow) p.chunk = (uint16_t)ow;
    icount_begin();
    for (uint32_t y = 0; y < oh; y++) {
        for (uint32_t k = 0; k < kh; k++) {
            const int32_t r = (int32_t)(y * stride + k) - (int32_t)(kh / 2);
            rows[k] = r < 0 || r >= (int32_t)h ? NULL : input + (uint32_t)r * w * c;
        }
        if (narrow && zeros != NULL) mn_depthwise_s8_dsp_narrow_asym(&p, rows, actual + y * ow * c, ow, scratch);
        else if (narrow) mn_depthwise_s8_dsp_narrow(&p, rows, actual + y * ow * c, ow, scratch);
        else if (small) mn_depthwise3x3_s8_dsp(&p, rows, actual + y * ow * c, ow, scratch);
        else mn_depthwise_s8_dsp(&p, rows, actual + y * ow * c, ow, scratch);
    }
    icount_end();
    if (narrow) port_text("  narrow: ");
    report(name, taps * c * ow * oh, narrow ? ((c + 3u) & ~3u) + 4u * taps : small ? depthwise3x3_scratch(&p) : depthwise_scratch(&p));
}

static void depthwise_planes(uint32_t h, uint32_t w, uint32_t c, uint32_t kh, uint32_t kw, uint32_t stride, uint32_t band, uint32_t block, uint32_t swapped)
{
    mn_depthwise_planes p = { 0 };
    const uint32_t taps = kh * kw, ow = (w + stride - 1) / stride, oh = (h + stride - 1) / stride;
    random_layer(taps, c);
    const layer l = { taps, c, weights, bias, scale, -128, zeros };
    p.in_height = (uint16_t)h, p.in_width = (uint16_t)w, p.channels = (uint16_t)c, p.out_height = (uint16_t)oh, p.out_width = (uint16_t)ow;
    p.kernel_height = (uint16_t)kh, p.kernel_width = (uint16_t)kw, p.stride = p.stride_height = (uint16_t)stride;
    p.pad_top = (uint16_t)(kh / 2), p.pad_left = (uint16_t)(kw / 2), p.band = (uint16_t)band, p.out_min = -128, p.out_max = 127;
    p.swapped = (uint16_t)swapped;
    if (kh == 3) pack_planes3x3(&l, 0, swapped, stream); else pack_planes(&l, &p, stream);
    p.stream = stream;
    icount_begin();
    for (uint32_t y = 0, rows = swapped ? ow : oh; y < rows; y += block) {
        const uint32_t count = rows - y < block ? rows - y : block;
        if (kh == 3) mn_depthwise3x3_s8_dsp_planes(&p, input, h, actual, rows, y, count, scratch);
        else mn_depthwise_s8_dsp_planes(&p, input, h, actual, rows, y, count, scratch);
    }
    icount_end();
    port_text(swapped ? "  planes by columns: " : "  planes, rows per block"); if (!swapped) port_number(block), port_text(": ");
    report("", taps * c * ow * oh, kh == 3 ? planes3x3_scratch(&p) : planes_scratch(&p));
}

static void depthwise(const char *name, uint32_t h, uint32_t w, uint32_t c, uint32_t kh, uint32_t kw, uint32_t stride)
{
    if (zeros == NULL) depthwise_by(0, name, h, w, c, kh, kw, stride);
    depthwise_by(1, name, h, w, c, kh, kw, stride);
    if (kh != kw) return;
    for (uint32_t block = 2; block <= 8 && block * stride < h; block *= 2) depthwise_planes(h, w, c, kh, kw, stride, block, block, 0);
    depthwise_planes(h, w, c, kh, kw, stride, 8, h, 0), depthwise_planes(w, h, c, kw, kh, stride, 26, w, 1);
}

int main(void)
{
    conv("pw 8->16 48x48", 48, 48, 8, 16, 1, 1, 1);
    conv("pw 16->32 24x24", 24, 24, 16, 32, 1, 1, 1);
    conv("pw 32->64 12x12", 12, 12, 32, 64, 1, 1, 1);
    conv("pw 64->64 25x5", 25, 5, 64, 64, 1, 1, 1);
    conv("pw 128->128 6x6", 6, 6, 128, 128, 1, 1, 1);
    conv("pw 256->256 3x3", 3, 3, 256, 256, 1, 1, 1);
    conv("pw 48->16 20x20", 20, 20, 48, 16, 1, 1, 1);
    conv("conv3x3 16->16 32x32", 32, 32, 16, 16, 3, 3, 1);
    conv("conv3x3 16->32/2 32x32", 32, 32, 16, 32, 3, 3, 2);
    conv("conv3x3 32->32 16x16", 16, 16, 32, 32, 3, 3, 1);
    conv("conv3x3 64->64 8x8", 8, 8, 64, 64, 3, 3, 1);
    conv("conv3x3 3->16 32x32", 32, 32, 3, 16, 3, 3, 1);
    conv("conv3x3 3->8/2 96x96", 96, 96, 3, 8, 3, 3, 2);
    conv("conv10x4 1->64/2 49x10", 49, 10, 1, 64, 10, 4, 2);
    dense("dense 640->128", 640, 128);
    dense("dense 128->128", 128, 128);
    dense("dense 784->300", 784, 300);
    depthwise("dw3x3 8 48x48", 48, 48, 8, 3, 3, 1);
    depthwise("dw3x3/2 16 48x48", 48, 48, 16, 3, 3, 2);
    depthwise("dw3x3 64 25x5", 25, 5, 64, 3, 3, 1);
    depthwise("dw3x3 128 6x6", 6, 6, 128, 3, 3, 1);
    depthwise("dw3x3 256 3x3", 3, 3, 256, 3, 3, 1);
    depthwise("dw5x5 48 20x20", 20, 20, 48, 5, 5, 1);
    depthwise("dw7x7 48 20x20", 20, 20, 48, 7, 7, 1);
    depthwise("dw7x7/2 48 40x40", 40, 40, 48, 7, 7, 2);
    depthwise("dw9x1 64 49x1", 49, 1, 64, 9, 1, 1);
    depthwise("dw1x9 64 1x49", 1, 49, 64, 1, 9, 1);
    dense_wide("dense wide 4000->4", 4000, 4);
    memset(weight_zero, 9, sizeof weight_zero), zeros = weight_zero;
    conv("pw asym 8->16 48x48", 48, 48, 8, 16, 1, 1, 1);
    conv("pw asym 16->32 24x24", 24, 24, 16, 32, 1, 1, 1);
    conv("pw asym 64->64 25x5", 25, 5, 64, 64, 1, 1, 1);
    conv("pw asym 256->256 3x3", 3, 3, 256, 256, 1, 1, 1);
    conv("conv3x3 asym 3->8/2 96x96", 96, 96, 3, 8, 3, 3, 2);
    conv("conv3x3 asym 16->16 32x32", 32, 32, 16, 16, 3, 3, 1);
    depthwise("dw3x3 asym 8 48x48", 48, 48, 8, 3, 3, 1);
    depthwise("dw3x3 asym 128 6x6", 6, 6, 128, 3, 3, 1);
    dense_wide("dense wide asym 256->1000", 256, 1000);
    return 0;
}
