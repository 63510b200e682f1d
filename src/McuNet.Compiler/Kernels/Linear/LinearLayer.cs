using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

public enum LinearKind
{
    Convolution,
    Depthwise,
    Dense,
}

/// <summary>
/// A layer that multiplies its input with constant weights, in the numbers that kernels work with:
/// acc = bias + sum x * w - weightZero * sum x, out = clamp(round_half_even((float)acc * scale) + outputZero).
/// Padding counts as x = input zero point.
/// </summary>
/// <remarks>
/// Invariant: int8 throughout; Bias, Scale and WeightZero have one entry per output channel; a dense layer is a pointwise one
/// over one pixel whose channels are all elements of the input.
/// </remarks>
public sealed record LinearLayer
{
    public required LinearKind Kind { get; init; }

    public required TensorShape Input { get; init; }

    public required TensorShape Output { get; init; }

    public required Window Window { get; init; }

    /// <summary>[output channel][taps]; of a depthwise layer [taps][output channel].</summary>
    public required ImmutableArray<sbyte> Weights { get; init; }

    /// <summary>With the input zero point folded in: bias - inputZero * sum(w - weightZero).</summary>
    public required ImmutableArray<int> Bias { get; init; }

    /// <summary>(input scale * weight scale) / output scale, each operation rounded to float32.</summary>
    public required ImmutableArray<float> Scale { get; init; }

    /// <summary>Zero points of the weights, or default when all are zero.</summary>
    public ImmutableArray<sbyte> WeightZero { get; init; }

    public required int InputZero { get; init; }

    public required int OutputZero { get; init; }

    public required int OutputMin { get; init; }

    public required int OutputMax { get; init; }

    public bool IsSymmetric => WeightZero.IsDefault;

    /// <summary>Products summed per output.</summary>
    public int Taps => Weights.Length / Output.Channels;

    public bool IsPointwise => Window is { IsPointwise: true, HasPadding: false };

    public static LinearLayer Of(LinearKind kind, NodeTypes types, ConstantTensor weights, ConstantTensor? bias, Window window, Clamp clamp)
    {
        var channels = types.Output.Shape.Channels;
        var data = weights.Data.Select(b => (sbyte)b).ToImmutableArray();
        var (min, max) = clamp.Quantized(types.Output);
        var zeros = Enumerable.Range(0, channels).Select(weights.ZeroPointOf).ToArray();
        return new()
        {
            Kind = kind,
            Input = kind == LinearKind.Dense ? TensorShape.Vector(types.Input.Shape.Elements) : types.Input.Shape,
            Output = types.Output.Shape,
            Window = window,
            Weights = data,
            Bias = FoldBias(kind, data, zeros, bias, types.Input.ZeroPoint),
            Scale = Enumerable.Range(0, channels).Select(c => CombinedScale(types, weights.ScaleOf(c))).ToImmutableArray(),
            WeightZero = zeros.All(z => z == 0) ? default : zeros.Select(z => (sbyte)z).ToImmutableArray(),
            InputZero = types.Input.ZeroPoint,
            OutputZero = types.Output.ZeroPoint,
            OutputMin = min,
            OutputMax = max,
        };
    }

    private static float CombinedScale(NodeTypes types, float weightScale)
    {
        var product = (float)(types.Input.Scale * weightScale);
        return (float)(product / types.Output.Scale);
    }

    private static ImmutableArray<int> FoldBias(LinearKind kind, ImmutableArray<sbyte> weights, int[] zeros, ConstantTensor? bias, int inputZero)
    {
        var channels = zeros.Length;
        var taps = weights.Length / channels;
        var values = bias is null ? default : System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(bias.Data.AsSpan());
        var folded = ImmutableArray.CreateBuilder<int>(channels);
        for (var c = 0; c < channels; c++)
        {
            var sum = 0;
            for (var t = 0; t < taps; t++)
                sum += weights[kind == LinearKind.Depthwise ? t * channels + c : c * taps + t] - zeros[c];
            folded.Add((values.IsEmpty ? 0 : values[c]) - inputZero * sum);
        }

        return folded.MoveToImmutable();
    }
}
