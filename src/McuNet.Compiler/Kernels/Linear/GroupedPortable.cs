using System.Collections.Immutable;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Convolutions whose channels are in groups in portable C: each group as a convolution of its own, two pixels by two channels per inner
/// loop.
/// </summary>
public static class GroupedPortable
{
    private const int PairedChannels = 2;

    /// <summary>A patch of a group, a pixel of it and a result, each beside its bytes and in bytes moved.</summary>
    private const double PatchBytes = 60;
    private const double PixelBytes = 14;
    private const double ResultBytes = 4;

    /// <summary>A byte behind the last four of a pixel.</summary>
    private const double OddBytes = 10;

    public static ImmutableArray<LinearKernel> Rows { get; } =
    [Row("mn_conv_grouped_s8_portable", symmetric: true, []), Row("mn_conv_grouped_s8_portable_asym", symmetric: false, ["mn_sum_s8.h"])];

    private static LinearKernel Row(string function, bool symmetric, ImmutableArray<string> headers) =>
        new()
        {
            Function = function,
            Sources = ["mn_conv.h", "mn_pixels_s8.h", .. headers, "mn_conv_grouped.h", $"{function}.c"],
            ParameterType = "mn_conv_grouped",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
            Applies = l => l.IsSymmetric == symmetric,
            Parameters = Parameters,
            ScratchBytes = l => 2 * (l.Taps + l.Output.Channels / l.Groups),
            Cycles = (l, t) => PortableCost.Call + Work(l, PortableCost.Of(t)),
        };

    private static ImmutableArray<KernelParameter> Parameters(LinearLayer layer)
    {
        var common = LinearParameters.Of(layer, WeightPacking.ByGroup(layer, l => WeightPacking.Interleave(l, PairedChannels)));
        return [.. common, new IntegerParameter("groups", layer.Groups)];
    }

    private static double Work(LinearShape layer, PortableCost cost)
    {
        var pixels = layer.Output.Width;
        var macs = ((pixels & ~1) * cost.BlockedMac + (pixels & 1) * cost.SingleMac) * layer.Output.Channels * layer.Taps;
        var sums = layer.IsSymmetric ? 0 : cost.Gather * layer.Taps;
        var (inputs, outputs) = (layer.Input.Channels / layer.Groups, layer.Output.Channels / layer.Groups);
        var moved =
            cost.Gather * (layer.Taps + PatchBytes + layer.Window.Taps * (PixelBytes + OddBytes * (inputs % 4)) + ResultBytes * outputs);
        return macs + pixels * (layer.Groups * (moved + sums) + layer.Output.Channels * cost.Output);
    }
}
