using System.Collections.Immutable;
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
}
