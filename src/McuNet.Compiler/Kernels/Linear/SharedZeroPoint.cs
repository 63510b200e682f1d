using System;
using System.Linq;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// One zero point for the weights of the four depthwise channels of a record. Weights may change with it: what counts is their difference.
/// </summary>
internal static class SharedZeroPoint
{
    /// <summary>Whether each record of <see cref="DspStream.DepthwiseNarrow"/> has one zero point for the weights of its four
    /// channels.</summary>
    public static bool Serves(LinearLayer layer) =>
        Enumerable
            .Range(0, layer.Output.Channels - 3)
            .Where(c => c % 4 == 0 || c == layer.Output.Channels - 4)
            .All(c => Of(layer, c) is not null);

    /// <summary>The zero point nearest 0 with which all weights of channels <paramref name="first"/> to <paramref name="first"/> + 3 fit
    /// int8; null where none does.</summary>
    public static int? Of(LinearLayer layer, int first)
    {
        var weights = Enumerable
            .Range(first, 4)
            .SelectMany(c => Enumerable.Range(0, layer.Taps).Select(t => ConstantChannels.Weight(layer, c, t) - layer.ZeroOf(c)))
            .ToArray();
        var (least, most) = (sbyte.MinValue - weights.Min(), sbyte.MaxValue - weights.Max());
        return least <= most ? Math.Clamp(0, least, most) : null;
    }

    /// <summary>The layer with the weights of four channels as they are for <see cref="Of"/>.</summary>
    public static LinearLayer Rebased(LinearLayer layer, int first)
    {
        var (weights, zero) = (layer.Weights.ToArray(), Of(layer, first)!.Value);
        for (var c = first; c < first + 4; c++)
        {
            for (var t = 0; t < layer.Taps; t++)
                weights[t * layer.Output.Channels + c] = (sbyte)(ConstantChannels.Weight(layer, c, t) - layer.ZeroOf(c) + zero);
        }

        return layer with
        {
            Weights = [.. weights],
        };
    }
}
