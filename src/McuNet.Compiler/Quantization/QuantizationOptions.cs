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

/// <summary>What a tensor between layers is kept as.</summary>
public enum ActivationFormat
{
    /// <summary>A byte, with a zero point.</summary>
    Int8,

    /// <summary>Two bytes, symmetric around zero. The weights of the layer that makes it are int8 all the same.</summary>
    Int16,

    /// <summary>float32, and so are the weights of the layer that makes it.</summary>
    Real,
}

public static class ActivationFormats
{
    /// <summary>As messages and JSON name it: the type of the values.</summary>
    public static string Name(this ActivationFormat format) =>
        format switch
        {
            ActivationFormat.Int8 => "int8",
            ActivationFormat.Int16 => "int16",
            _ => "float32",
        };
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

    /// <summary>The format of every tensor that <see cref="Exceptions"/> does not name.</summary>
    public ActivationFormat Activations { get; init; } = ActivationFormat.Int8;

    /// <summary>Formats of single tensors, by the names of inputs and of <see cref="QdqModel.RoundedTensors"/>.</summary>
    public ImmutableDictionary<string, ActivationFormat> Exceptions { get; init; } = ImmutableDictionary<string, ActivationFormat>.Empty;

    /// <summary>Ranges of tensors that are known and must not be measured, by name: inputs above all.</summary>
    public ImmutableDictionary<string, ValueRange> KnownRanges { get; init; } = ImmutableDictionary<string, ValueRange>.Empty;
}
