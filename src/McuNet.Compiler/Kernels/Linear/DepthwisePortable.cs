using System;
using System.Collections.Immutable;

namespace McuNet.Compiler.Kernels;

/// <summary>Depthwise convolutions in portable C: four channels of a pixel per inner loop.</summary>
public static class DepthwisePortable
{
    private const int BlockChannels = 4;

    public static ImmutableArray<LinearKernel> Rows { get; } =
    [
        Row(
            "mn_depthwise_s8_portable",
            ["mn_conv.h", "mn_depthwise_columns.h", "mn_depthwise_s8.h"],
            BlockChannels,
            c => c.DepthwiseMac
        ) with
        {
            Applies = l => l.IsSymmetric && l.Input.Channels == l.Output.Channels,
        },
        Row(
            "mn_depthwise_s8_portable_asym",
            ["mn_conv.h", "mn_depthwise_columns.h", "mn_depthwise_s8.h"],
            BlockChannels,
            c => c.ShiftedMac
        ) with
        {
            Applies = l => !l.IsSymmetric && l.Input.Channels == l.Output.Channels,
        },
        Row("mn_depthwise_s8_portable_multiplier", ["mn_conv.h", "mn_depthwise_columns.h"], 1, c => c.MultipliedMac),
    ];

    private static LinearKernel Row(string function, ImmutableArray<string> headers, int block, Func<PortableCost, double> mac) =>
        new()
        {
            Function = function,
            Sources = [.. headers, $"{function}.c"],
            ParameterType = "mn_conv",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Applies = _ => true,
            Pack = l => WeightPacking.Interleave(l, block),
            ScratchBytes = _ => 0,
            Cycles = (l, t) => Cycles(l, t, mac(PortableCost.Of(t))),
        };

    private static double Cycles(LinearShape layer, KernelTarget target, double mac) =>
        PortableCost.Call + layer.Output.RowElements * (layer.Taps * mac + PortableCost.Of(target).Output);
}
