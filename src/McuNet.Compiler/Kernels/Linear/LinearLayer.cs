using System.Collections.Immutable;

namespace McuNet.Compiler.Kernels;

public enum LinearKind
{
    Convolution,
    Depthwise,
    Dense,

    /// <summary>A convolution whose channels are in several groups.</summary>
    Grouped,
}

/// <summary>
/// A layer that multiplies its input with constant weights, in the numbers that kernels work with:
/// acc = bias + sum x * w - weightZero * sum x, out = clamp(round_half_even((float)acc * scale) + outputZero).
/// Padding counts as x = input zero point.
/// </summary>
/// <remarks>
/// Invariant: weights are int8, activations too where the zero point is folded in; Weights has <see cref="LinearShape.WeightCount"/>
/// entries; Bias, Scale and WeightZero have one per output channel.
/// </remarks>
public sealed record LinearLayer : LinearShape
{
    /// <summary>[output channel][taps]; of a depthwise layer [taps][output channel].</summary>
    public required ImmutableArray<sbyte> Weights { get; init; }

    /// <summary>With the input zero point folded in: bias - inputZero * sum(w - weightZero).</summary>
    public required ImmutableArray<int> Bias { get; init; }

    /// <summary>As the model has it, without the input zero point.</summary>
    public required ImmutableArray<int> PlainBias { get; init; }

    /// <summary>Whether some input makes a sum, or a part of one in any order, leave 32 bits; <see cref="Bias"/> may have done so
    /// already.</summary>
    public bool IsWide { get; init; }

    /// <summary>(input scale * weight scale) / output scale, each operation rounded to float32.</summary>
    public required ImmutableArray<float> Scale { get; init; }

    /// <summary>Zero points of the weights, or default when all are zero.</summary>
    public ImmutableArray<sbyte> WeightZero { get; init; }

    public required int InputZero { get; init; }

    public required int OutputZero { get; init; }

    public required int OutputMin { get; init; }

    public required int OutputMax { get; init; }

    public override bool IsSymmetric => WeightZero.IsDefault;

    /// <summary>Zero point of the weights of an output channel.</summary>
    public sbyte ZeroOf(int channel) => IsSymmetric ? (sbyte)0 : WeightZero[channel];
}
