using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Weights with zero points on kernels for weights without: sum x * w - zero * sum x is an inner product with one more input, the sum of
/// the inputs, whose weight is minus the zero point of the channel.
/// </summary>
internal static class SummedInputs
{
    /// <summary>Inputs that one sum of <see cref="Of"/> covers; the sum fits 16 bits.</summary>
    private const int Summed = 256;

    /// <summary>Sums beside the inputs of a window of a layer whose weights have zero points.</summary>
    public static int Count(LinearShape layer) => (layer.Taps + Summed - 1) / Summed;

    /// <summary>The inputs of a window of a layer with zero points, then their sums.</summary>
    public static int[] Order(LinearLayer layer)
    {
        var inputs = DspStream.OrderRuns(layer.Window.KernelHeight, layer.Window.KernelWidth * layer.Input.Channels).Where(t => t >= 0);
        var order = inputs.Concat(Enumerable.Range(layer.Taps, Count(layer))).ToList();
        while (order.Count % 4 != 0)
            order.Add(-1);
        return [.. order];
    }

    /// <summary>The layer as a pointwise one without zero points that has the inputs of a window and their sums for channels; zero points
    /// must not be -128.</summary>
    public static LinearLayer Of(LinearLayer layer)
    {
        var sums = Count(layer);
        return layer with
        {
            Kind = LinearKind.Convolution,
            Window = new() { KernelHeight = 1, KernelWidth = 1 },
            Input = TensorShape.Vector(layer.Taps + sums),
            Weights =
            [
                .. Enumerable
                    .Range(0, layer.Output.Channels)
                    .SelectMany(c =>
                        layer.Weights.Skip(c * layer.Taps).Take(layer.Taps).Concat(Enumerable.Repeat((sbyte)-layer.WeightZero[c], sums))
                    ),
            ],
            WeightZero = default,
        };
    }

    /// <summary>As <see cref="DspStream.FitsDot"/>, of <see cref="Of"/>.</summary>
    public static bool Fits(LinearLayer layer)
    {
        if (layer.WeightZero.Contains(sbyte.MinValue))
            return false;
        var summed = Of(layer);
        return Enumerable
            .Range(0, layer.Output.Channels)
            .Where(c => c % 2 == 0)
            .All(c => DotSigns.OfPair(summed, c) is not null && DspStream.FitsSum(layer, c));
    }

    /// <summary>As <see cref="DspStream.Dot(LinearLayer, int[])"/>, of <see cref="Of"/>.</summary>
    public static uint[] Stream(LinearLayer layer, int[] order) => DspStream.Dot(layer, Of(layer), order);
}
