using System.Collections.Generic;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Bytes of code of the kernels, for estimates without a compiler: GCC 12.2 -O2, those for the DSP extension on Cortex-M4, the portable ones on
/// Cortex-M0+. Functions that several sources call count once. Of functions for one stride or one width, which a network rarely needs all, the table holds a part.
/// </summary>
public static class KernelCodeSizes
{
    /// <summary>Sources that the table does not know: pools, means, lookups and the like.</summary>
    private const int Other = 800;

    private static readonly Function Dot1 = new("mn_dot1_s8", 880);
    private static readonly Function Dot2 = new("mn_dot2_s8", 1950);
    private static readonly Function Pixels = new("mn_pixels_s8", 1120);
    private static readonly Function Gather = new("mn_gather_s8", 160);
    private static readonly Function Transpose = new("mn_depthwise_transpose_band", 230);

    private static readonly Dictionary<string, Function[]> Functions = new()
    {
        ["mn_add_s8_portable.c"] = [new("add", 380)],
        ["mn_conv_s8_dsp.c"] = [new("conv", 1300), Dot1, Dot2],
        ["mn_pointwise_s8_dsp.c"] = [new("pointwise", 1000), Dot1, Dot2],
        ["mn_dense_s8_dsp.c"] = [new("dense", 444), Dot1],
        ["mn_depthwise3x3_s8_dsp.c"] = [new("depthwise3x3", 2300)],
        ["mn_depthwise_s8_dsp.c"] = [new("depthwise", 2340)],
        ["mn_depthwise_s8_dsp_narrow.c"] = [new("narrow", 1150)],
        ["mn_depthwise3x3_s8_dsp_planes.c"] = [new("planes3x3", 2200), Transpose],
        ["mn_depthwise_s8_dsp_planes.c"] = [new("planes", 3400), Transpose],
        ["mn_conv_s8_portable.c"] = [new("conv", 190), Gather, Pixels],
        ["mn_pointwise_s8_portable.c"] = [new("pointwise", 180), Pixels],
        ["mn_pointwise_s8_portable_asym.c"] = [new("pointwise asymmetric", 1540)],
        ["mn_depthwise_s8_portable.c"] = [new("depthwise", 1910)],
        ["mn_depthwise_s8_portable_multiplier.c"] = [new("depthwise multiplier", 470)],
        ["mn_dense_s8_portable.c"] = [new("dense", 500)],
        ["mn_max_pool_s8_portable.c"] = [new("maximum", 700)],
    };

    private readonly record struct Function(string Name, int Bytes);

    /// <param name="sources">File names of kernels; headers and repetitions do not count.</param>
    public static int Bytes(IEnumerable<string> sources)
    {
        var files = sources.Where(s => s.EndsWith(".c", System.StringComparison.Ordinal)).Distinct().ToArray();
        return files.Where(Functions.ContainsKey).SelectMany(f => Functions[f]).Distinct().Sum(f => f.Bytes)
            + Other * files.Count(f => !Functions.ContainsKey(f));
    }
}
