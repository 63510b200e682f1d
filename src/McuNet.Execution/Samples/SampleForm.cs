using McuNet.Options;

namespace McuNet.Execution.Samples;

/// <summary>What files of samples do not say of themselves.</summary>
public sealed record SampleForm
{
    /// <summary>What every sample undergoes; null where the file states it, or none is needed. Raw tensors are uint8 with one.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>What bytes of pictures and of IDX files stand for, where nothing else is stated; null where nobody says, which is a
    /// warning.</summary>
    public PixelRange? Pixels { get; init; }

    /// <summary>
    /// Element type of the model's own input. Raw tensors without a normalisation are of it, and integers that nothing is said about are
    /// its elements where it is one of integers.
    /// </summary>
    public SampleType Input { get; init; } = SampleType.Float32;

    /// <summary>Whether samples of a type are elements of the model's input.</summary>
    internal bool AreElements(SampleType type, Normalization normalization) =>
        Input != SampleType.Float32 && type is not (SampleType.Float32 or SampleType.Float64) && normalization.IsNone;
}
