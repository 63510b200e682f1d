using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;

namespace McuNet.Compiler.Kernels;

/// <summary>Layers between integers whose weights are kept in four bits, with the results of the same weights in eight.</summary>
public static class LinearNarrow
{
    private const int Block = 4;

    /// <summary>Cycles of an output beside its requantisation, of each block for taps beyond whole quads, and of a pixel of a
    /// window.</summary>
    private const double Output = 16,
        LastQuad = 45,
        WindowPixel = 53;

    /// <summary>What is left of the cycles of a window where no other layer calls the kernel: its copies have a constant number of
    /// bytes.</summary>
    private const double FewChannels = 8,
        AloneFew = 0.79,
        AloneMany = 0.95;

    public static LinearKernel Pointwise { get; } =
        Row("mn_pointwise_s8_portable_narrow", "mn_conv", ["mn_conv.h", "mn_sum_s8.h", "mn_narrow_s8.h"]) with
        {
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Applies = l => l.IsNarrow && l.IsPointwise,
            JoinedCycles = (l, t) => Pixels(l, t),
        };

    public static LinearKernel General { get; } =
        Row("mn_conv_s8_portable_narrow", "mn_conv", ["mn_conv.h", "mn_gather_s8.h", "mn_sum_s8.h", "mn_narrow_s8.h"]) with
        {
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns, KernelArgument.Scratch],
            Applies = l => l.IsNarrow && !l.IsPointwise,
            ScratchBytes = l => Rounded(l.Taps),
            Cycles = (l, t) => PortableCost.Call + Pixels(l, t) + Windows(l, t),
            AloneShare = l => l.Input.Channels < FewChannels ? AloneFew : AloneMany,
        };

    public static LinearKernel Dense { get; } =
        Row("mn_dense_s8_portable_narrow", "mn_dense", ["mn_dense.h", "mn_sum_s8.h", "mn_narrow_s8.h"]) with
        {
            Arguments = [KernelArgument.Whole0, KernelArgument.Output],
            Applies = l => l.IsNarrow,
        };

    /// <summary>Bytes of the weights of a layer.</summary>
    public static int WeightBytes(LinearShape layer) => Rounded(layer.Output.Channels) * Rounded(layer.Taps) / 2;

    /// <summary>The order of mn_narrow_s8.h: w + 8 in four bits, four channels by four taps at a time.</summary>
    public static sbyte[] Pack(LinearLayer layer)
    {
        var (channels, taps) = (layer.Output.Channels, layer.Taps);
        var packed = new sbyte[WeightBytes(layer)];
        for (var c = 0; c < Rounded(channels); c++)
        {
            for (var t = 0; t < Rounded(taps); t++)
            {
                var weight = c < channels && t < taps ? layer.Weights[c * taps + t] : (sbyte)0;
                var place = c / Block * Rounded(taps) * 2 + t / Block * 8 + 2 * ((t & 1) << 1 | (t >> 1) & 1) + c % Block / 2;
                packed[place] |= (sbyte)((weight + 8) << (4 * (c % 2)));
            }
        }

        return packed;
    }

    private static LinearKernel Row(string function, string block, ImmutableArray<string> headers) =>
        new()
        {
            Function = function,
            Sources = [.. headers, $"{function}.c"],
            ParameterType = block,
            Arguments = [],
            IsNarrow = true,
            Pack = Pack,
            StreamBytes = (l, rows, _, t) =>
                FlashCost.Repeated(t, LinearParameters.Tables(l, function, WeightBytes(l)).Sum(b => b.Bytes), rows * PixelsOf(l)),
            Cycles = (l, t) => PortableCost.Call + Pixels(l, t),
        };

    private static double Pixels(LinearShape layer, KernelTarget target)
    {
        var (cost, hasDsp) = (PortableCost.Of(target), target.Has(DeviceFeatures.Dsp));
        var (mac, channels) = (hasDsp ? 1.375 : cost.SingleMac + 2, Rounded(layer.Output.Channels));
        var last = layer.Taps % Block == 0 ? 0 : channels / Block * LastQuad;
        return PixelsOf(layer)
            * (Rounded(layer.Taps) * channels * mac + cost.Element * layer.Taps + channels * (cost.Output + Output) + last);
    }

    private static double Windows(LinearShape layer, KernelTarget target) =>
        layer.Output.Width * (PortableCost.Of(target).Gather * layer.Taps + WindowPixel * layer.Window.Taps);

    private static int PixelsOf(LinearShape layer) => layer.Kind == LinearKind.Dense ? 1 : layer.Output.Width;

    private static int Rounded(int value) => (value + Block - 1) / Block * Block;
}
