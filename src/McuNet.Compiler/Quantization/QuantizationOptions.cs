using System.Collections.Immutable;

namespace McuNet.Compiler.Quantization;

/// <summary>How the range of a tensor follows from the values seen.</summary>
public enum RangeMethod
{
    /// <summary>Smallest to largest value.</summary>
    MinMax,

    /// <summary>Without the rarest values at both ends.</summary>
    Percentile,

    /// <summary>The range with the least expected squared error of rounding and clipping together.</summary>
    Mse,
}

/// <summary>Choices of post-training quantisation.</summary>
public sealed record QuantizationOptions
{
    public RangeMethod Method { get; init; } = RangeMethod.MinMax;

    /// <summary>For <see cref="RangeMethod.Percentile"/>: the values inside the range, in percent, the rest split evenly between both
    /// ends.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>Whether the mean error of each output channel, measured on the calibration data, is taken out of the biases.</summary>
    public bool CorrectBias { get; init; } = true;

    /// <summary>uint8 activations instead of int8.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Names of inputs and of <see cref="QdqModel.RoundedTensors"/>: all else stays real, with the weights that it is made with;
    /// null rounds all.</summary>
    public ImmutableHashSet<string>? Only { get; init; }

    /// <summary>Ranges of tensors that are known and must not be measured, by name: inputs above all.</summary>
    public ImmutableDictionary<string, ValueRange> KnownRanges { get; init; } = ImmutableDictionary<string, ValueRange>.Empty;
}
