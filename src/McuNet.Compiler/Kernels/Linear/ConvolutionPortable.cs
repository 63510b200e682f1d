using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>Convolutions in portable C: two pixels by two channels per inner loop.</summary>
public static class ConvolutionPortable
{
    private const int PairedChannels = 2;

    /// <summary>An input added to the sum of a window, where one copied into scratch is 1.</summary>
    private const double SumOfInput = 2.6;

    public static ImmutableArray<LinearKernel> Rows { get; } =
    [
        Pointwise("mn_pointwise_s8_portable", symmetric: true),
        Pointwise("mn_pointwise_s8_portable_asym", symmetric: false),
        General("mn_conv_s8_portable", symmetric: true),
        General("mn_conv_s8_portable_asym", symmetric: false),
    ];

    private static LinearKernel Pointwise(string function, bool symmetric) =>
        new()
        {
            Function = function,
            Sources = symmetric
                ? ["mn_conv.h", "mn_pixels_s8.h", $"{function}.c"]
                : ["mn_conv.h", "mn_pixels_s8.h", "mn_sum_s8.h", $"{function}.c"],
            ParameterType = "mn_conv",
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Applies = l => l.IsPointwise && l.IsSymmetric == symmetric,
            Pack = l => WeightPacking.Interleave(l, PairedChannels),
            ScratchBytes = _ => 0,
            Cycles = (l, t) => PortableCost.Call + Work(l, t, l.Output.Width),
            JoinedCycles = (l, t) => Work(l, t, l.Output.Width + l.Output.Width) / 2,
            StreamBytes = (l, rows, _, target) => Stream(l, rows * l.Output.Width, function, target),
        };

    private static LinearKernel General(string function, bool symmetric) =>
        new()
        {
            Function = function,
            Sources = symmetric
                ? ["mn_conv.h", "mn_pixels_s8.h", "mn_gather_s8.h", $"{function}.c"]
                : ["mn_conv.h", "mn_pixels_s8.h", "mn_gather_s8.h", "mn_sum_s8.h", $"{function}.c"],
            ParameterType = "mn_conv",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
            Applies = l => !l.IsPointwise && l.IsSymmetric == symmetric,
            Pack = l => WeightPacking.Interleave(l, PairedChannels),
            ScratchBytes = l => 2 * l.Taps,
            Cycles = (l, t) => PortableCost.Call + Work(l, t, l.Output.Width) + PortableCost.Of(t).Gather * l.Taps * l.Output.Width,
            StreamBytes = (l, _, _, target) => Stream(l, l.Output.Width, function, target),
        };

    /// <summary>Weights, biases and scales, read for each pair of pixels.</summary>
    private static double Stream(LinearShape layer, int pixels, string function, KernelTarget target) =>
        FlashCost.PairBytes(LinearParameters.Tables(layer, function, layer.WeightCount).Sum(t => t.Bytes), 0, pixels, target);

    private static double Work(LinearShape layer, KernelTarget target, int pixels)
    {
        var cost = PortableCost.Of(target);
        var channels = layer.Output.Channels;
        var sums = layer.IsSymmetric ? 0 : SumOfInput * cost.Gather * layer.Taps * pixels;
        var macs = ((pixels & ~1) * cost.BlockedMac + (pixels & 1) * cost.SingleMac) * channels * layer.Taps;
        return macs + sums + pixels * channels * cost.Output;
    }
}
