using System;
using System.Collections.Immutable;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>Orders in which kernels read weights.</summary>
internal static class WeightPacking
{
    /// <summary>
    /// Blocks of <paramref name="block"/> output channels with their taps side by side, [channels / block][taps][block]; the channels that
    /// are left follow one by one as [rest][taps].
    /// </summary>
    public static sbyte[] Interleave(LinearLayer layer, int block)
    {
        var channels = layer.Output.Channels;
        var taps = layer.Taps;
        var packed = new sbyte[channels * taps];
        var blocked = channels - channels % block;
        for (var c = 0; c < channels; c++)
        {
            for (var t = 0; t < taps; t++)
            {
                var place = c < blocked ? c / block * block * taps + t * block + c % block : c * taps + t;
                packed[place] = Weight(layer, c, t);
            }
        }

        return packed;
    }

    /// <summary>
    /// For two products an instruction: four taps as 0, 2, 1, 3, of two channels in turn, [channels / 2][taps / 4][2][4], both filled up
    /// with 0.
    /// </summary>
    public static sbyte[] Pairs(LinearLayer layer)
    {
        var (channels, quads) = (layer.Output.Channels, (layer.Taps + 3) / 4);
        var packed = new sbyte[(channels + 1) / 2 * quads * 8];
        for (var c = 0; c < channels; c++)
        {
            for (var t = 0; t < layer.Taps; t++)
                packed[(c / 2 * quads + t / 4) * 8 + c % 2 * 4 + Crossed(t)] = Weight(layer, c, t);
        }

        return packed;
    }

    /// <summary>The same of a depthwise layer, [taps][channels], four channels as 0, 2, 1, 3, filled up with 0.</summary>
    public static sbyte[] CrossedChannels(LinearLayer layer)
    {
        var (channels, padded) = (layer.Output.Channels, (layer.Output.Channels + 3) / 4 * 4);
        var packed = new sbyte[layer.Taps * padded];
        for (var t = 0; t < layer.Taps; t++)
        {
            for (var c = 0; c < channels; c++)
                packed[t * padded + c / 4 * 4 + Crossed(c)] = Weight(layer, c, t);
        }

        return packed;
    }

    /// <summary>Where the second and the third of four change places.</summary>
    private static int Crossed(int index) => (index & 1) << 1 | (index & 2) >> 1;

    /// <summary>The output channels of each group in an order of their own, one group behind the other.</summary>
    public static sbyte[] ByGroup(LinearLayer layer, Func<LinearLayer, sbyte[]> pack)
    {
        var outputs = layer.Output.Channels / layer.Groups;
        return
        [
            .. Enumerable
                .Range(0, layer.Groups)
                .SelectMany(g =>
                    pack(
                        layer with
                        {
                            Output = layer.Output with { Channels = outputs },
                            Weights = ImmutableArray.Create(layer.Weights.AsSpan(g * outputs * layer.Taps, outputs * layer.Taps)),
                        }
                    )
                ),
        ];
    }

    /// <summary>
    /// Blocks of <paramref name="block"/> output channels with their taps side by side, the last block of the channels that are left:
    /// [channels / block][taps][block], then [taps][rest].
    /// </summary>
    public static sbyte[] InterleaveAll(LinearLayer layer, int block)
    {
        var (channels, taps) = (layer.Output.Channels, layer.Taps);
        var packed = new sbyte[channels * taps];
        for (var c = 0; c < channels; c++)
        {
            var first = c - c % block;
            var width = Math.Min(block, channels - first);
            for (var t = 0; t < taps; t++)
                packed[first * taps + t * width + c % block] = Weight(layer, c, t);
        }

        return packed;
    }

    /// <summary>
    /// Blocks of <paramref name="block"/> output channels whose taps take turns in runs of <paramref name="run"/>:
    /// [channels / block][taps / run][block][run], each block followed by its last taps as [block][taps % run]; the channels that are
    /// left follow one by one as [rest][taps].
    /// </summary>
    public static sbyte[] Chunk(LinearLayer layer, int block, int run)
    {
        var (channels, taps) = (layer.Output.Channels, layer.Taps);
        var packed = new sbyte[channels * taps];
        var blocked = channels - channels % block;
        for (var c = 0; c < channels; c++)
        {
            for (var t = 0; t < taps; t++)
            {
                var first = t - t % run;
                var length = Math.Min(run, taps - first);
                var place = c < blocked ? (c - c % block) * taps + first * block + c % block * length + t % run : c * taps + t;
                packed[place] = Weight(layer, c, t);
            }
        }

        return packed;
    }

    private static sbyte Weight(LinearLayer layer, int channel, int tap) =>
        layer.Kind == LinearKind.Depthwise
            ? layer.Weights[tap * layer.Output.Channels + channel]
            : layer.Weights[channel * layer.Taps + tap];
}
