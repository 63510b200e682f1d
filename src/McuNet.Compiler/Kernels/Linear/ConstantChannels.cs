using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Output channels that have the same value for every input: those whose smallest and largest accumulator requantise alike.
/// Networks trained with batch normalisation have many: a channel that died keeps a scale near zero and a bias near 2^30.
/// </summary>
internal static class ConstantChannels
{
    /// <summary>The value in [-128, 127], before the clamp of the layer; null where the input matters.</summary>
    public static int? Find(LinearLayer layer, int channel, int least = sbyte.MinValue, int greatest = sbyte.MaxValue)
    {
        if (layer.IsWide)
            return null;
        var (low, high) = Reach(layer, channel, least, greatest);
        if (!layer.IsSymmetric || low < int.MinValue || high > int.MaxValue)
            return null;
        var output = Output(layer, channel, (int)low);
        return output == Output(layer, channel, (int)high) ? output : null;
    }

    /// <summary>The layer with weights and bias of its constant channels set to zero.</summary>
    public static LinearLayer Cleared(LinearLayer layer)
    {
        List<int> constant = [.. Enumerable.Range(0, layer.Output.Channels).Where(c => Find(layer, c) is not null)];
        if (constant.Count == 0)
            return layer;
        var (weights, bias) = (layer.Weights.ToArray(), layer.Bias.ToArray());
        foreach (var channel in constant)
        {
            bias[channel] = 0;
            for (var t = 0; t < layer.Taps; t++)
                weights[Place(layer, channel, t)] = 0;
        }

        return layer with
        {
            Weights = [.. weights],
            Bias = [.. bias],
        };
    }

    /// <summary>Smallest and largest accumulator over inputs in [<paramref name="least"/>, <paramref name="greatest"/>].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long Low, long High) Reach(LinearLayer layer, int channel, int least = sbyte.MinValue, int greatest = sbyte.MaxValue)
    {
        long low = layer.Bias[channel],
            high = low;
        for (var t = 0; t < layer.Taps; t++)
        {
            var w = Weight(layer, channel, t) - layer.ZeroOf(channel);
            low += w < 0 ? greatest * w : least * w;
            high += w < 0 ? least * w : greatest * w;
        }

        return (low, high);
    }

    public static sbyte Weight(LinearLayer layer, int channel, int tap) => layer.Weights[Place(layer, channel, tap)];

    public static int Place(LinearLayer layer, int channel, int tap) =>
        layer.Kind == LinearKind.Depthwise ? tap * layer.Output.Channels + channel : channel * layer.Taps + tap;

    private static int Output(LinearLayer layer, int channel, int acc) =>
        Math.Clamp(IntegerRequantization.Output(acc, layer.Scale[channel], layer.OutputZero), sbyte.MinValue, sbyte.MaxValue);
}
