using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Bytes of code of the kernels, for estimates without a compiler: GCC 12.2 -O2, those for the DSP extension on Cortex-M4, those for vectors on Cortex-M55, the portable
/// ones on Cortex-M0+. Functions that several sources call count once.
/// </summary>
public static class KernelCodeSizes
{
    private static readonly Function Round = new("mn_round", 100);
    private static readonly Function ScaleRound = new("mn_scale_round", 480);
    private static readonly Function Dot1 = new("mn_dot1_s8", 930);
    private static readonly Function Dot2 = new("mn_dot2_s8", 2350);
    private static readonly Function Pixels = new("mn_pixels_s8", 1040);
    private static readonly Function Widen = new("mn_widen1_s8", 140);
    private static readonly Function Sums = new("mn_put_sums", 420);
    private static readonly Function VectorPixels = new("mn_pixels_s8_mve", 620);
    private static readonly Function Pixel = new("mn_dot_pixels", 330);
    private static readonly Function Transpose = new("mn_depthwise_transpose_band", 820);

    private static readonly Dictionary<string, Function[]> Functions = new()
    {
        ["mn_add_s8_portable.c"] = [new("add", 130)],
        ["mn_add_s8_portable_float.c"] = [new("add float", 120), Round],
        ["mn_add_s8_portable_real.c"] = [new("add real", 140), Round],
        ["mn_add_s8_dsp.c"] = [new("add", 410)],
        ["mn_mul_s8_portable.c"] = [new("multiply", 150), ScaleRound],
        ["mn_mul_s8_portable_channels.c"] = [new("multiply channels", 210), ScaleRound],
        ["mn_conv_s8_dsp.c"] = [new("conv", 640), Widen, Pixel, Dot1, Dot2],
        ["mn_conv_s8_dsp_asym.c"] = [new("conv asymmetric dsp", 640), Sums, Widen, Pixel, Dot1, Dot2],
        ["mn_pointwise_s8_dsp.c"] = [new("pointwise", 370), Widen, Pixel, Dot1, Dot2],
        ["mn_pointwise_s8_dsp_asym.c"] = [new("pointwise asymmetric dsp", 250), Sums, Widen, Pixel, Dot1, Dot2],
        ["mn_dense_s8_dsp_wide.c"] = [new("dense wide", 1130)],
        ["mn_dense_s8_dsp.c"] = [new("dense", 240), Widen, Dot1],
        ["mn_depthwise3x3_s8_dsp.c"] = [new("depthwise3x3", 2300)],
        ["mn_depthwise_s8_dsp.c"] = [new("depthwise", 2340)],
        ["mn_depthwise_s8_dsp_narrow.c"] = [new("narrow", 1150)],
        ["mn_depthwise_s8_dsp_narrow_asym.c"] = [new("narrow asymmetric", 1180)],
        ["mn_depthwise3x3_s8_dsp_planes.c"] = [new("planes3x3", 460), Transpose],
        ["mn_depthwise_s8_dsp_planes.c"] = [new("planes", 1110), Transpose],
        ["mn_conv_s8_mve.c"] = [new("conv", 800), VectorPixels],
        ["mn_pointwise_s8_mve.c"] = [new("pointwise", 450), VectorPixels],
        ["mn_dense_s8_mve.c"] = [new("dense", 420), VectorPixels],
        ["mn_depthwise_s8_mve.c"] = [new("depthwise", 1460)],
        ["mn_conv_s8_portable.c"] = [new("conv", 440), Pixels, ScaleRound],
        ["mn_conv_s8_portable_asym.c"] = [new("conv asymmetric", 1660), ScaleRound],
        ["mn_pointwise_s8_portable.c"] = [new("pointwise", 130), Pixels, ScaleRound],
        ["mn_pointwise_s8_portable_asym.c"] = [new("pointwise asymmetric", 1440), ScaleRound],
        ["mn_depthwise_s8_portable.c"] = [new("depthwise", 1910), ScaleRound],
        ["mn_depthwise_s8_portable_asym.c"] = [new("depthwise asymmetric", 2150), ScaleRound],
        ["mn_depthwise_s8_portable_multiplier.c"] = [new("depthwise multiplier", 860), ScaleRound],
        ["mn_dense_s8_portable.c"] = [new("dense", 620), ScaleRound],
        ["mn_dense_s8_portable_asym.c"] = [new("dense asymmetric", 720), ScaleRound],
        ["mn_conv_s8_portable_wide.c"] = [new("conv wide", 330), Round],
        ["mn_pointwise_s8_portable_wide.c"] = [new("pointwise wide", 260), Round],
        ["mn_depthwise_s8_portable_wide.c"] = [new("depthwise wide", 340), Round],
        ["mn_dense_s8_portable_wide.c"] = [new("dense wide 64", 230), Round],
        ["mn_max_pool_s8_portable.c"] = [new("maximum", 810)],
        ["mn_average_pool_s8_portable.c"] = [new("average", 460), ScaleRound],
        ["mn_mean_s8_portable_rows.c"] = [new("mean rows", 380), ScaleRound],
        ["mn_mean_s8_portable_columns.c"] = [new("mean columns", 110), ScaleRound],
        ["mn_softmax_s8_portable.c"] = [new("softmax", 280)],
        ["mn_log_softmax_s8f32_portable.c"] = [new("logarithm of softmax", 370)],
        ["mn_concat_s8_portable.c"] = [new("concat", 190)],
        ["mn_join_columns_s8_portable.c"] = [new("join columns", 60)],
        ["mn_slice_columns_portable.c"] = [new("slice columns", 30)],
        ["mn_resize_nearest_s8_portable.c"] = [new("resize", 60)],
        ["mn_reshape_s8_portable.c"] = [new("reshape s8", 14)],
        ["mn_reshape_u8_portable.c"] = [new("reshape u8", 14)],
        ["mn_reshape_f32_portable.c"] = [new("reshape f32", 16)],
        ["mn_requantize_f32s8_portable.c"] = [new("f32s8", 110), Round],
        ["mn_requantize_f32u8_portable.c"] = [new("f32u8", 110), Round],
        ["mn_requantize_s8f32_portable.c"] = [new("s8f32", 110)],
        ["mn_requantize_u8f32_portable.c"] = [new("u8f32", 110)],
        ["mn_requantize_s8s8_portable.c"] = [new("s8s8", 30)],
        ["mn_requantize_s8u8_portable.c"] = [new("s8u8", 30)],
        ["mn_requantize_u8s8_portable.c"] = [new("u8s8", 30)],
        ["mn_requantize_u8u8_portable.c"] = [new("u8u8", 30)],
    };

    /// <summary>Functions for one stride or one width, by the header that brings them.</summary>
    private static readonly Dictionary<string, int> Variants = new()
    {
        ["mn_depthwise3x3_plane1.h"] = 900,
        ["mn_depthwise3x3_plane2.h"] = 940,
        ["mn_depthwise_plane5.h"] = 740,
        ["mn_depthwise_plane7.h"] = 820,
        ["mn_depthwise_plane5by2.h"] = 760,
        ["mn_depthwise_plane7by2.h"] = 840,
    };

    /// <summary>The sources that the table holds: every kernel.</summary>
    public static IEnumerable<string> Sources => Functions.Keys;

    private readonly record struct Function(string Name, int Bytes);

    /// <param name="sources">File names of kernels and headers; repetitions do not count.</param>
    public static int Bytes(IEnumerable<string> sources)
    {
        string[] distinct = [.. sources.Distinct()];
        return distinct.Where(KernelText.IsKernel).SelectMany(f => Functions[f]).Distinct().Sum(f => f.Bytes)
            + distinct.Sum(s => Variants.GetValueOrDefault(s));
    }
}
