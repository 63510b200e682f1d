using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// How far the sums of a layer can reach, whatever its input and in whatever order they are added: the bias with the input zero point
/// folded in, and every product at its largest.
/// </summary>
internal static class AccumulatorBounds
{
    private const int LargestInput = 128;

    /// <summary>
    /// The layer with its folded bias, wide where a sum may leave 32 bits. A channel that saturates for every input keeps no weights and a
    /// bias that saturates too, so that it makes no layer wide.
    /// </summary>
    public static LinearLayer Folded(LinearLayer layer)
    {
        var channels = layer.Output.Channels;
        var folded = new int[channels];
        var wide = new bool[channels];
        for (var c = 0; c < channels; c++)
        {
            var (start, reach) = Of(layer, c);
            folded[c] = unchecked((int)start);
            wide[c] = Math.Abs(start) + reach > int.MaxValue;
        }

        return wide.Contains(true) && Saturated(layer, wide) is { } without
            ? Folded(without)
            : layer with
            {
                Bias = [.. folded],
                IsWide = wide.Contains(true),
            };
    }

    /// <summary>The largest magnitude that a sum of a channel can have.</summary>
    public static long Largest(LinearLayer layer, int channel) => Of(layer, channel) is var (start, reach) ? Math.Abs(start) + reach : 0;

    /// <summary>The folded bias of a channel, and the sum of the largest magnitudes of all that is added to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (long Start, long Reach) Of(LinearLayer layer, int channel)
    {
        var zero = layer.ZeroOf(channel);
        var (sum, magnitudes) = (0L, 0L);
        for (var t = 0; t < layer.Taps; t++)
        {
            var weight = ConstantChannels.Weight(layer, channel, t);
            sum += weight - zero;
            magnitudes += Math.Abs((int)weight) + Math.Abs((int)zero);
        }

        return (layer.PlainBias[channel] - layer.InputZero * sum, magnitudes * LargestInput);
    }

    /// <summary>The layer with channels that saturate for every input made constant; null where a wide channel does not.</summary>
    private static LinearLayer? Saturated(LinearLayer layer, bool[] wide)
    {
        var (weights, bias) = (layer.Weights.ToArray(), layer.PlainBias.ToArray());
        foreach (var c in Enumerable.Range(0, wide.Length).Where(c => wide[c]))
        {
            var (start, reach) = Of(layer, c);
            var largest = start < 0 ? -(1 << 30) : 1 << 30;
            if (Math.Abs(start) - reach < 1 << 30 || MathF.Abs(largest * layer.Scale[c]) < 512)
                return null;
            bias[c] = largest;
            for (var t = 0; t < layer.Taps; t++)
                weights[ConstantChannels.Place(layer, c, t)] = layer.ZeroOf(c);
        }

        return layer with
        {
            Weights = ImmutableArray.Create(weights),
            PlainBias = ImmutableArray.Create(bias),
        };
    }
}
