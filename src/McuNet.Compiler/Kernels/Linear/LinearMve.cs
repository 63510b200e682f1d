using System.Collections.Immutable;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>Linear layers for cores with integer and float vectors (Armv8.1-M MVE).</summary>
public static class LinearMve
{
    private const DeviceFeatures Vectors = DeviceFeatures.MveInteger | DeviceFeatures.MveFloat;
    private const int Channels = 4;
    private const int Lanes = 16;
    private const int DepthwiseLanes = 8;
    private const int ConvolutionPixels = 4;

    /// <summary>Cycles of 16 taps of four channels: five loads and four multiply-accumulates, of which two of a kind never
    /// overlap.</summary>
    private const double ChunkCycles = 12;

    /// <summary>Cycles of one tap of eight depthwise channels.</summary>
    private const double DepthwiseTapCycles = 11;

    /// <summary>Set-up, requantisation and store of four outputs.</summary>
    private const double BlockCycles = 45;

    /// <summary>Set-up of four channels in each call, whatever its pixels: weights, bias and scale are found anew.</summary>
    private const double CallCycles = 64;

    private const double GatherCyclesPerByte = 0.5;

    public static ImmutableArray<LinearKernel> Convolution { get; } =
    [
        new()
        {
            Function = "mn_pointwise_s8_mve",
            Sources = ["mn_conv.h", "mn_requantize_mve.h", "mn_pixel_s8_mve.h", "mn_pointwise_s8_mve.c"],
            Required = Vectors,
            ParameterType = "mn_conv",
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Applies = l => l.IsPointwise && l.IsSymmetric,
            Pack = Pack,
            ScratchBytes = _ => 0,
            Cycles = (l, _) => PortableCost.Call + Blocks(l, Channels) * CallCycles + l.Output.Width * Pixel(l),
            JoinedCycles = (l, _) => l.Output.Width * Pixel(l),
        },
        new()
        {
            Function = "mn_conv_s8_mve",
            Sources = ["mn_conv.h", "mn_gather_s8.h", "mn_requantize_mve.h", "mn_pixel_s8_mve.h", "mn_conv_s8_mve.c"],
            Required = Vectors,
            ParameterType = "mn_conv",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
            Applies = l => !l.IsPointwise && l.IsSymmetric,
            Pack = Pack,
            ScratchBytes = l => ConvolutionPixels * l.Taps,
            Cycles = (l, _) => PortableCost.Call + l.Output.Width * (Pixel(l) + l.Taps * GatherCyclesPerByte),
        },
    ];

    public static ImmutableArray<LinearKernel> Depthwise { get; } =
    [
        new()
        {
            Function = "mn_depthwise_s8_mve",
            Sources = ["mn_conv.h", "mn_requantize_mve.h", "mn_depthwise_s8_mve.c"],
            Required = Vectors,
            ParameterType = "mn_conv",
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Applies = l => l.IsSymmetric && l.Input.Channels == l.Output.Channels,
            Pack = l => WeightPacking.InterleaveAll(l, DepthwiseLanes),
            ScratchBytes = _ => 0,
            Cycles = (l, _) =>
                PortableCost.Call + l.Output.Width * Blocks(l, DepthwiseLanes) * (l.Taps * DepthwiseTapCycles + 2 * BlockCycles),
        },
    ];

    public static ImmutableArray<LinearKernel> Dense { get; } =
    [
        new()
        {
            Function = "mn_dense_s8_mve",
            Sources = ["mn_dense.h", "mn_requantize_mve.h", "mn_pixel_s8_mve.h", "mn_dense_s8_mve.c"],
            Required = Vectors,
            ParameterType = "mn_dense",
            Arguments = [KernelArgument.Whole0, KernelArgument.Output],
            Applies = l => l.IsSymmetric,
            Pack = Pack,
            ScratchBytes = _ => 0,
            Cycles = (l, _) => PortableCost.Call + Pixel(l),
        },
    ];

    private static sbyte[] Pack(LinearLayer layer) => WeightPacking.Chunk(layer, Channels, Lanes);

    private static double Pixel(LinearShape layer) =>
        Blocks(layer, Channels) * ((layer.Taps + Lanes - 1) / Lanes * ChunkCycles + BlockCycles);

    private static int Blocks(LinearShape layer, int channels) => (layer.Output.Channels + channels - 1) / channels;
}
