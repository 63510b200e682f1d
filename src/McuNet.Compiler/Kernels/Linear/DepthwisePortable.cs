using System.Collections.Immutable;

namespace McuNet.Compiler.Kernels;

/// <summary>Depthwise convolutions in portable C: four channels of a pixel per inner loop.</summary>
public static class DepthwisePortable
{
    private const int BlockChannels = 4;

    public static ImmutableArray<LinearKernel> Rows { get; } =
    [
        new()
        {
            Function = "mn_depthwise_s8_portable",
            Sources = ["mn_conv.h", "mn_depthwise_s8_portable.c"],
            ParameterType = "mn_conv",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Applies = l => l.IsSymmetric && l.Input.Channels == l.Output.Channels,
            Pack = l => WeightPacking.Interleave(l, BlockChannels),
            ScratchBytes = _ => 0,
            Cycles = (l, t) => Cycles(l, t, PortableCost.Of(t).DepthwiseMac),
        },
        new()
        {
            Function = "mn_depthwise_s8_portable_multiplier",
            Sources = ["mn_conv.h", "mn_depthwise_s8_portable_multiplier.c"],
            ParameterType = "mn_conv",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Applies = _ => true,
            Pack = l => WeightPacking.Interleave(l, 1),
            ScratchBytes = _ => 0,
            Cycles = (l, t) => Cycles(l, t, PortableCost.Of(t).TestedMac),
        },
    ];

    private static double Cycles(LinearShape layer, KernelTarget target, double mac) =>
        PortableCost.Call + layer.Output.RowElements * (layer.Taps * mac + PortableCost.Of(target).Output);
}
